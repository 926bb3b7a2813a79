// A plain form without a library, as sign-in's bundle has no room for one: what is wrong stands beside each field, the first
// wrong field is focused, and nothing that was typed is touched.
import { useState } from "react";

type Rules<Name extends string> = Record<Name, (value: string) => string | undefined>;

export function useFields<Name extends string>(rules: Rules<Name>) {
  const [problems, setProblems] = useState<Partial<Record<Name, string>>>({});

  /** What was typed, or null when something is wrong with it. */
  function read(form: HTMLFormElement): Record<Name, string> | null {
    // Read from the form: what a password manager fills in may never have caused a change event.
    const data = new FormData(form);
    const names = Object.keys(rules) as Name[];
    const values = Object.fromEntries(names.map((name) => [name, String(data.get(name) ?? "")])) as Record<
      Name,
      string
    >;
    const found: Partial<Record<Name, string>> = {};
    for (const name of names) {
      const problem = rules[name](values[name]);
      if (problem) found[name] = problem;
    }
    setProblems(found);
    const [first] = Object.keys(found);
    if (first) focusField(form, first);
    return first ? null : values;
  }

  return { problems, read, focus: focusField };
}

export function focusField(form: HTMLFormElement, name: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLElement) field.focus();
}
