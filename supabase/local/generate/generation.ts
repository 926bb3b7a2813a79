// What is generated, and how much of it.
import type pg from "pg";

interface DataSize {
  organizations: number;
  /** Members of the two largest organizations; the others have about `usual`. */
  largest: number;
  second: number;
  usual: number;
  auditEvents: number;
}

export interface Generation {
  seed: number;
  size: DataSize;
}

export interface Step {
  what: string;
  run(client: pg.Client, generation: Generation): Promise<void>;
}

/** What the figures of docs/performance.md are measured on. */
export const measuredSize: DataSize = {
  organizations: 200,
  largest: 40_000,
  second: 20_000,
  usual: 700,
  auditEvents: 1_000_000,
};

/** One person outside of the crowd, administrator of 20 organizations, both large ones among them. */
export const traveller = { address: "traveller@example.test", organizations: 20 };

/**
 * Values that look random and are not: they follow from the seed, a word and a number. Written so that Postgres puts them straight into
 * the query: text joined to a number without a cast is not immutable, and would be called row by row.
 */
export function madeValues(seed: number): string {
  return `
    create function pg_temp.made_id(kind text, n bigint) returns uuid language sql immutable as
      $$ select md5('${seed}:' || kind || ':' || n::text)::uuid $$;
    create function pg_temp.made_number(kind text, n bigint, below bigint) returns bigint language sql immutable as
      $$ select (hashtextextended(kind || ':' || n::text, ${seed}) & 9223372036854775807) % below $$;
    create function pg_temp.one_of(given text[], kind text, n bigint) returns text language sql immutable as
      $$ select given[1 + pg_temp.made_number(kind, n, cardinality(given))] $$;`;
}
