// Which table column stands behind a view's column. Postgres notes the origin of every plainly projected column in the
// view's stored rule (`resorigtbl`, `resorigcol`), so the rule's outermost target list is all there is to read.

export interface Origin {
  relation: string;
  column: number;
}

/** Origins by the number of the view's column. */
export function originsOf(rule: string): Map<number, Origin> {
  const origins = new Map<number, Origin>();
  for (const entry of targetEntries(rule)) {
    const number = (name: string) => new RegExp(` :${name} (\\d+)`).exec(entry)?.[1];
    const relation = number("resorigtbl");
    const column = Number(number("resorigcol") ?? "0");
    if (!relation || relation === "0" || column === 0 || / :resjunk true/.test(entry)) continue;
    origins.set(Number(number("resno")), { relation, column });
  }
  return origins;
}

/** The entries of the outermost query's target list, each without what is nested inside it. */
function targetEntries(rule: string): string[] {
  const entries: string[] = [];
  let depth = 0;
  let inList = false;
  let current = "";
  for (let index = 0; index < rule.length; index++) {
    const character = rule[index] ?? "";
    if (character === "\\") index++;
    else if (character === "{") {
      depth++;
      if (depth === 2) current = "";
    } else if (character === "}") {
      if (depth === 2 && inList) entries.push(current);
      depth--;
    } else if (depth === 1 && character === ":") inList = rule.startsWith(":targetList ", index);
    else if (depth === 2 && inList) current += character;
  }
  return entries;
}
