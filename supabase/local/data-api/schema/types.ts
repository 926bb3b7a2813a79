// What the Data API knows of the database.

export interface QualifiedName {
  schema: string;
  name: string;
}

export interface Column {
  name: string;
  /** As declared, with its length: what a payload's value is read as. */
  type: string;
  /** Without length, domains resolved. */
  baseType: string;
  nullable: boolean;
  defaultExpression: string | null;
  description: string | null;
  /** How a domain's values stand in JSON and in the query string, where casts say so. */
  toJson: QualifiedName | null;
  fromJson: QualifiedName | null;
  fromText: QualifiedName | null;
  enumValues: string[];
  maxLength: number | null;
}

export interface Table extends QualifiedName {
  isView: boolean;
  takes: { inserts: boolean; updates: boolean; deletes: boolean };
  description: string | null;
  columns: Map<string, Column>;
  primaryKey: string[];
}

export interface Parameter {
  name: string;
  type: string;
  /** The type without the implied length of one character that `character` and `bit` carry. */
  recordType: string;
  required: boolean;
  variadic: boolean;
}

export interface Routine extends QualifiedName {
  description: string | null;
  parameters: Parameter[];
  returns: {
    /** A row of named columns, as opposed to a single value. */
    composite: boolean;
    set: boolean;
    void: boolean;
    /** The table or composite type returned. */
    table: QualifiedName | null;
  };
  volatile: boolean;
  isolation: string | null;
  settings: [string, string][];
}

export type ColumnPair = [own: string, other: string];

export interface KeyRelationship {
  kind: "key";
  table: QualifiedName;
  foreignTable: QualifiedName;
  isSelf: boolean;
  foreignIsView: boolean;
  cardinality: "O2M" | "M2O" | "O2O" | "M2M";
  constraint: string;
  columns: ColumnPair[];
  /** The side of a one-to-one that is referenced. */
  isParent: boolean;
  junction: Junction | null;
}

interface Junction {
  table: QualifiedName;
  constraints: [string, string];
  /** Columns of the source, and of the junction. */
  source: ColumnPair[];
  /** Columns of the target, and of the junction. */
  target: ColumnPair[];
}

export interface ComputedRelationship {
  kind: "computed";
  table: QualifiedName;
  foreignTable: QualifiedName;
  function: QualifiedName;
  toOne: boolean;
}

export type Relationship = KeyRelationship | ComputedRelationship;

/** Makes a body of a media type of the project's own. */
export interface MediaHandler {
  /** What it is made of: a table's rows, a function's result, or (null) any rows. */
  target: QualifiedName | null;
  /** `*\/*` answers whatever is asked for. */
  mediaType: string;
  /** An aggregate over the rows, or the domain that the function's result has. */
  kind: "aggregate" | "domain";
  maker: QualifiedName;
  binary: boolean;
}

export interface SchemaCache {
  tables: Map<string, Table>;
  routines: Map<string, Routine[]>;
  relationships: Map<string, Relationship[]>;
  mediaHandlers: MediaHandler[];
  /** By role: settings applied to each of its transactions, and its isolation level. */
  roles: Map<string, { settings: [string, string][]; isolation: string | null }>;
  /** `pgrst.*` settings of the role that this service connects as. */
  config: Map<string, string>;
}

export const nameKey = ({ schema, name }: QualifiedName): string => `${schema}\u0000${name}`;
export const sameName = (a: QualifiedName, b: QualifiedName): boolean => a.schema === b.schema && a.name === b.name;
export const isToOne = (relationship: Relationship): boolean =>
  relationship.kind === "computed"
    ? relationship.toOne
    : relationship.cardinality === "M2O" || relationship.cardinality === "O2O";
