// Which file of the build a module goes into: what the first pages share stands together, by which of them need it.
import { fileURLToPath } from "node:url";
import { firstDrawn } from "./first-drawn.ts";

interface ModuleGraph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

const idOf = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url)).replaceAll("\\", "/");

/** A library of many parts: a file that names one of them reaches all of them, and uses one. */
const inParts = /node_modules[\\/]@(?:base-ui|floating-ui)[\\/]/;

const own = idOf("src/app/main.tsx");
const starts = new Set([own, ...Object.values(firstDrawn).flat().map(idOf)]);

let known: { graph: ModuleGraph; names: Map<string, string> } | null = null;

/** Null: as the bundler thinks best. */
export function sharedByFirstPages(id: string, graph: ModuleGraph): string | null {
  // Worked out once for each build: all modules are known before the first is asked about.
  if (known?.graph !== graph) known = { graph, names: namesIn(graph) };
  return known.names.get(id) ?? null;
}

function namesIn(graph: ModuleGraph): Map<string, string> {
  const names = new Map<string, string>();
  const taken = reached(graph, [own]);
  // What somebody who is to sign in needs stays apart from the rest, and so does what all need who are signed in.
  for (const name of ["outside", "inside"]) {
    for (const id of reached(graph, firstDrawn[name]?.map(idOf) ?? [], taken)) {
      if (starts.has(id) || inParts.test(id)) continue;
      taken.add(id);
      names.set(id, name);
    }
  }
  const around = new Set(firstDrawn.inside?.map(idOf));
  const neededBy = new Map<string, string[]>();
  for (const [address, sources] of Object.entries(firstDrawn))
    for (const id of reached(
      graph,
      sources.map(idOf).filter((id) => !around.has(id)),
      taken,
    ))
      if (!starts.has(id)) neededBy.set(id, [...(neededBy.get(id) ?? []), address]);
  for (const [id, addresses] of neededBy)
    if (addresses.length > 1) names.set(id, addresses.map((address) => address.split("/").at(-1) || "home").join("-"));
  return names;
}

function reached(graph: ModuleGraph, from: string[], except: ReadonlySet<string> = new Set()): Set<string> {
  const found = new Set(from);
  for (const id of found)
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) if (!except.has(imported)) found.add(imported);
  return found;
}
