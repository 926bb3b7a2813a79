// Which partners of the list are selected; kept while pages are turned.
import { createContext, useContext } from "react";
import type { Partner } from "../../types";

export interface Selection {
  has(id: string): boolean;
  toggle(partner: Partner): void;
  /** Of the page that is shown. */
  toggleAll(): void;
  state: "none" | "some" | "all";
  /** Without a right to do anything with them there is nothing to select for. */
  maySelect(partner: Partner): boolean;
}

const Selected = createContext<Selection | null>(null);

export const SelectionProvider = Selected.Provider;

export function useSelection(): Selection {
  const selection = useContext(Selected);
  if (!selection) throw new Error("A partner's row stands outside of SelectionProvider.");
  return selection;
}
