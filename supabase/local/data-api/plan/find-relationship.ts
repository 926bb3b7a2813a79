// Which relationship an embedded resource means, and what to say when there is none or more than one.
import { ApiError } from "../errors.ts";
import { closestMatch, matches } from "../fuzzy.ts";
import {
  type KeyRelationship,
  nameKey,
  type QualifiedName,
  type Relationship,
  type SchemaCache,
} from "../schema/types.ts";

export function findRelationship(
  cache: SchemaCache,
  schema: string,
  origin: string,
  target: string,
  hint: string | null,
): Relationship {
  const all = relationshipsFrom(cache, { schema, name: origin });
  // A function over the row that bears the target's name stands in for relationships of that name.
  const computed = all.find((candidate) => candidate.kind === "computed" && candidate.function.name === target);
  if (computed) return computed;
  const found = all
    .filter((candidate) => candidate.kind === "key")
    .filter((candidate) => fits(candidate, target, hint));
  const [first, second] = found;
  if (!first) throw noRelationship(cache, schema, origin, target, hint);
  if (!second) return first;
  // A self reference by its constraint means both directions: the one to many is meant.
  if (found.length === 2 && first.isSelf && second.isSelf && first.constraint === second.constraint) {
    const toMany = found.find((candidate) => candidate.cardinality === "O2M");
    if (toMany) return toMany;
  }
  throw ambiguous(origin, target, found);
}

/** Within one schema, as a request reaches only one. */
function relationshipsFrom(cache: SchemaCache, table: QualifiedName): Relationship[] {
  const all = cache.relationships.get(nameKey(table)) ?? [];
  return all.filter((relationship) => relationship.foreignTable.schema === table.schema);
}

function fits(relationship: KeyRelationship, target: string, hint: string | null): boolean {
  const { foreignTable, isSelf, constraint, junction, cardinality, isParent } = relationship;
  const [only, ...more] = relationship.columns;
  const ownColumn = only && more.length === 0 ? only[0] : undefined;
  const otherColumn = only && more.length === 0 ? only[1] : undefined;
  const byConstraint = (name: string) => junction === null && constraint === name;
  const toOne = cardinality === "M2O" || (cardinality === "O2O" && !isParent);
  if (isSelf) {
    if (hint === null)
      return (target === foreignTable.name && !toOne && cardinality !== "O2O") || (target === ownColumn && toOne);
    return (
      target === foreignTable.name && (byConstraint(hint) || hint === otherColumn || junction?.table.name === hint)
    );
  }
  if (hint === null)
    return (
      target === foreignTable.name || (!relationship.foreignIsView && (byConstraint(target) || target === ownColumn))
    );
  return (
    target === foreignTable.name &&
    (byConstraint(hint) || hint === ownColumn || hint === otherColumn || junction?.table.name === hint)
  );
}

function noRelationship(cache: SchemaCache, schema: string, origin: string, target: string, hint: string | null) {
  const usingHint = hint === null ? "" : ` using the hint '${hint}'`;
  return new ApiError({
    status: 400,
    code: "PGRST200",
    message: `Could not find a relationship between '${origin}' and '${target}' in the schema cache`,
    details: `Searched for a foreign key relationship between '${origin}' and '${target}'${usingHint} in the schema '${schema}', but no matches were found.`,
    hint: suggestion(cache, schema, origin, target),
  });
}

function suggestion(cache: SchemaCache, schema: string, origin: string, target: string): string | null {
  const fromOrigin = relationshipsFrom(cache, { schema, name: origin });
  if (fromOrigin.length > 0) {
    const children = fromOrigin.map((relationship) => relationship.foreignTable.name);
    const similar = matches(children, target).find((match) => match.score < 1);
    return similar ? `Perhaps you meant '${similar.value}' instead of '${target}'.` : null;
  }
  const parents = [...cache.relationships.values()].flatMap((relationships) =>
    relationships.flatMap(({ table, foreignTable }) =>
      table.schema === schema && foreignTable.schema === schema ? [table.name] : [],
    ),
  );
  const similar = closestMatch(parents, origin);
  return similar === undefined ? null : `Perhaps you meant '${similar}' instead of '${origin}'.`;
}

const CARDINALITY_NAMES = { O2M: "one-to-many", M2O: "many-to-one", O2O: "one-to-one", M2M: "many-to-many" };

function ambiguous(origin: string, target: string, found: KeyRelationship[]): ApiError {
  const hints = found.map(({ foreignTable, junction, constraint }) => {
    return `'${foreignTable.name}!${junction?.table.name ?? constraint}'`;
  });
  return new ApiError({
    status: 300,
    code: "PGRST201",
    message: `Could not embed because more than one relationship was found for '${origin}' and '${target}'`,
    details: found.map((relationship) => ({
      cardinality: CARDINALITY_NAMES[relationship.cardinality],
      embedding: `${relationship.table.name} with ${relationship.foreignTable.name}`,
      relationship: wordsFor(relationship),
    })),
    hint: `Try changing '${target}' to one of the following: ${hints.join(", ")}. Find the desired relationship in the 'details' key.`,
  });
}

const side = (name: string, columns: string[]): string => `${name}(${columns.join(", ")})`;

function wordsFor({ table, foreignTable, constraint, columns, junction }: KeyRelationship): string {
  if (junction) {
    const [first, second] = junction.constraints;
    const own = junction.source.map(([, column]) => column);
    const other = junction.target.map(([, column]) => column);
    return `${junction.table.name} using ${side(first, own)} and ${side(second, other)}`;
  }
  const own = columns.map(([column]) => column);
  const other = columns.map(([, column]) => column);
  return `${constraint} using ${side(table.name, own)} and ${side(foreignTable.name, other)}`;
}
