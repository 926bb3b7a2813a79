// Relationships from foreign keys (also through views and junction tables) and from functions over a table's row.
import { type ForeignKeyRow, groupBy, type ViewColumns } from "./catalogue.ts";
import {
  type ColumnPair,
  type ComputedRelationship,
  type KeyRelationship,
  nameKey,
  type Relationship,
  sameName,
  type Table,
} from "./types.ts";

export function relationshipsOf(
  tables: Map<string, Table>,
  foreignKeys: ForeignKeyRow[],
  viewColumns: ViewColumns,
  computed: ComputedRelationship[],
): Map<string, Relationship[]> {
  const direct = foreignKeys.flatMap((row) => withViews(row, tables, viewColumns));
  const byName = new Map([...tables.values()].map((table) => [nameKey(table), table]));
  const keys = [
    ...direct,
    ...direct.map((relationship) => inverse(relationship, byName)),
    ...throughJunctions(direct, byName),
  ].sort(byTarget);
  const all: Relationship[] = [...computed, ...keys];
  return groupBy(all, (relationship) => nameKey(relationship.table));
}

const CARDINALITIES = ["O2M", "M2O", "O2O", "M2M"];

function byTarget(a: KeyRelationship, b: KeyRelationship): number {
  const left = [a.foreignTable.schema, a.foreignTable.name, CARDINALITIES.indexOf(a.cardinality), a.constraint];
  const right = [b.foreignTable.schema, b.foreignTable.name, CARDINALITIES.indexOf(b.cardinality), b.constraint];
  for (const [index, value] of left.entries()) {
    const other = right[index] ?? "";
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}

interface Side {
  table: Table;
  columns: string[];
}

/** The foreign key itself, and the same between every view that shows all its columns and every view that shows what it references. */
function withViews(row: ForeignKeyRow, tables: Map<string, Table>, viewColumns: ViewColumns): KeyRelationship[] {
  const sides = (oid: string, columns: string[]): Side[] => {
    const table = tables.get(oid);
    return table ? [{ table, columns }, ...viewSides(oid, columns, tables, viewColumns)] : [];
  };
  const owners = sides(
    row.table_oid,
    row.columns.map(([own]) => own),
  );
  const targets = sides(
    row.foreign_oid,
    row.columns.map(([, other]) => other),
  );
  return owners.flatMap((owner) =>
    targets.map(
      (target): KeyRelationship => ({
        kind: "key",
        table: owner.table,
        foreignTable: target.table,
        isSelf: sameName(owner.table, target.table),
        foreignIsView: target.table.isView,
        cardinality: row.one_to_one ? "O2O" : "M2O",
        constraint: row.constraint,
        columns: owner.columns.map((column, index): ColumnPair => [column, target.columns[index] ?? ""]),
        isParent: false,
        junction: null,
      }),
    ),
  );
}

function viewSides(oid: string, columns: string[], tables: Map<string, Table>, viewColumns: ViewColumns): Side[] {
  return [...viewColumns].flatMap(([viewOid, byTable]) => {
    const shown = byTable.get(oid);
    const table = tables.get(viewOid);
    if (!shown || !table) return [];
    // A view can show a column twice: every way to name the whole key is one relationship.
    const combinations = columns.reduce<string[][]>(
      (found, column) => found.flatMap((names) => (shown.get(column) ?? []).map((name) => [...names, name])),
      [[]],
    );
    return combinations.map((names) => ({ table, columns: names }));
  });
}

function inverse(relationship: KeyRelationship, tables: Map<string, Table>): KeyRelationship {
  return {
    ...relationship,
    table: relationship.foreignTable,
    foreignTable: relationship.table,
    foreignIsView: tables.get(nameKey(relationship.table))?.isView ?? false,
    cardinality: relationship.cardinality === "O2O" ? "O2O" : "O2M",
    columns: relationship.columns.map(([own, other]): ColumnPair => [other, own]),
    isParent: true,
  };
}

/** Two foreign keys whose columns are part of their table's primary key make that table a junction. */
function throughJunctions(direct: KeyRelationship[], tables: Map<string, Table>): KeyRelationship[] {
  const toMany = direct.filter((relationship) => relationship.cardinality === "M2O");
  const byJunction = groupBy(toMany, (relationship) => nameKey(relationship.table));
  return [...byJunction].flatMap(([key, relationships]) => {
    const primaryKey = new Set(tables.get(key)?.primaryKey);
    const usable = relationships.filter(({ columns }) => columns.every(([own]) => primaryKey.has(own)));
    return usable.flatMap((first) =>
      usable
        .filter((second) => second.constraint !== first.constraint)
        .map(
          (second): KeyRelationship => ({
            kind: "key",
            table: first.foreignTable,
            foreignTable: second.foreignTable,
            isSelf: sameName(first.foreignTable, second.foreignTable),
            foreignIsView: second.foreignIsView,
            cardinality: "M2M",
            constraint: first.table.name,
            columns: [],
            isParent: false,
            junction: {
              table: first.table,
              constraints: [first.constraint, second.constraint],
              source: first.columns.map(([own, other]): ColumnPair => [other, own]),
              target: second.columns.map(([own, other]): ColumnPair => [other, own]),
            },
          }),
        ),
    );
  });
}
