// Which of a name's overloads a call means, by the names of its arguments.
import { ApiError } from "../errors.ts";
import { closestMatch } from "../fuzzy.ts";
import type { BodyType } from "../request/payload.ts";
import { nameKey, type QualifiedName, type Routine, type SchemaCache } from "../schema/types.ts";

export interface Call {
  name: QualifiedName;
  argumentNames: string[];
  /** The body's type, or null when the call came as GET or HEAD. */
  body: BodyType | null;
}

export function findRoutine(cache: SchemaCache, call: Call): { routine: Routine; wholeBody: boolean } {
  const overloads = cache.routines.get(nameKey(call.name)) ?? [];
  const byNames = overloads.filter((routine) => takesArguments(routine, call));
  const [first, second] = byNames;
  if (first && !second) return { routine: first, wholeBody: false };
  if (second) throw ambiguous(byNames);
  const byBody = overloads.filter((routine) => takesWholeBody(routine, call.body));
  const [only, another] = byBody;
  if (another) throw ambiguous(byBody);
  if (only) return { routine: only, wholeBody: true };
  throw notFound(cache, call, overloads);
}

const isRaw = (body: BodyType | null): boolean => body === "text" || body === "xml" || body === "binary";

function takesArguments({ parameters }: Routine, { argumentNames, body }: Call): boolean {
  if (parameters.length === 0) return argumentNames.length === 0 && !isRaw(body);
  const known = new Set(parameters.map((parameter) => parameter.name));
  const given = new Set(argumentNames);
  return (
    argumentNames.every((name) => known.has(name)) &&
    parameters.every((parameter) => !parameter.required || given.has(parameter.name))
  );
}

const WHOLE_BODY_TYPES: Partial<Record<BodyType, string[]>> = {
  json: ["json", "jsonb"],
  text: ["text"],
  xml: ["xml"],
  binary: ["bytea"],
};

function takesWholeBody({ parameters }: Routine, body: BodyType | null): boolean {
  const [only, another] = parameters;
  if (!only || another || only.name !== "" || body === null) return false;
  return WHOLE_BODY_TYPES[body]?.includes(only.type) ?? false;
}

function ambiguous(routines: Routine[]): ApiError {
  const signatures = routines.map(({ schema, name, parameters }) => {
    return `${schema}.${name}(${parameters.map((parameter) => `${parameter.name} => ${parameter.type}`).join(", ")})`;
  });
  return new ApiError({
    status: 300,
    code: "PGRST203",
    message: `Could not choose the best candidate function between: ${signatures.join(", ")}`,
    hint: "Try renaming the parameters or the function itself in the database so function overloading can be resolved",
  });
}

const RAW_NAMES: Partial<Record<BodyType, string>> = { text: "text", xml: "xml", binary: "bytea" };

function notFound(cache: SchemaCache, { name, argumentNames, body }: Call, overloads: Routine[]): ApiError {
  const called = `${name.schema}.${name.name}`;
  const names = argumentNames.join(", ");
  const raw = body === null ? undefined : RAW_NAMES[body];
  const noNames = argumentNames.length === 0;
  const shown = raw ? "" : noNames ? " without parameters" : `(${names})`;
  const withNames = noNames ? " without parameters" : ` with parameter${argumentNames.length > 1 ? "s" : ""} ${names}`;
  const orJson = body === "json" ? " or with a single unnamed json/jsonb parameter" : "";
  const searched = raw ? ` with a single unnamed ${raw} parameter` : `${withNames}${orJson}`;
  return new ApiError({
    status: 404,
    code: "PGRST202",
    message: `Could not find the function ${called}${shown} in the schema cache`,
    details: `Searched for the function ${called}${searched}, but no matches were found in the schema cache.`,
    hint: suggestion(cache, name, argumentNames, overloads),
  });
}

function suggestion(
  cache: SchemaCache,
  name: QualifiedName,
  argumentNames: string[],
  overloads: Routine[],
): string | null {
  const asText = (names: string[]) => `(${[...names].sort().join(", ")})`;
  let similar: string | undefined;
  if (overloads.length > 0) {
    const signatures = overloads.map(({ parameters }) => asText(parameters.map((parameter) => parameter.name)));
    const signature = closestMatch(signatures, asText(argumentNames));
    similar = signature === undefined ? undefined : `${name.name}${signature}`;
  } else {
    const names = [...cache.routines.values()].flatMap(([routine]) =>
      routine && routine.schema === name.schema ? [routine.name] : [],
    );
    similar = closestMatch(names, name.name);
  }
  return similar === undefined ? null : `Perhaps you meant to call the function ${name.schema}.${similar}`;
}
