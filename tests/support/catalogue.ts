// What the API exposes, read from the catalogue: tests that go over it cover what is added later by themselves.
import { readConfig, table } from "../../supabase/local/settings.ts";
import type { Ask } from "./owner.ts";

export interface ExposedRelation {
  name: string;
  kind: "table" | "view";
  columns: string[];
}

export interface ExposedFunction {
  name: string;
  arguments: { name: string; type: string }[];
  isVolatile: boolean;
}

const exposedSchemas = (): string[] => {
  const { schemas } = table(readConfig(), "api");
  return Array.isArray(schemas) ? schemas.map(String) : ["public"];
};

export function exposedRelations(ask: Ask): Promise<ExposedRelation[]> {
  return ask<ExposedRelation & Record<string, unknown>>(
    `select c.relname as name, case when c.relkind in ('r', 'p') then 'table' else 'view' end as kind,
       array_agg(a.attname::text order by a.attnum) as columns
     from pg_class as c join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace::regnamespace::text = any ($1) and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
     group by c.relname, c.relkind order by 1`,
    [exposedSchemas()],
  );
}

export function exposedFunctions(ask: Ask): Promise<ExposedFunction[]> {
  return ask<ExposedFunction & Record<string, unknown>>(
    `select p.proname as name, p.provolatile = 'v' as "isVolatile",
       coalesce((
         select jsonb_agg(jsonb_build_object('name', given.name, 'type', format_type(given.type, null)) order by given.place)
         from unnest(p.proargnames, coalesce(p.proallargtypes, p.proargtypes::oid[]), coalesce(p.proargmodes, array_fill('i'::"char", array[p.pronargs])))
           with ordinality as given (name, type, mode, place)
         where given.mode in ('i', 'b', 'v')
       ), '[]') as arguments
     from pg_proc as p
     where p.pronamespace::regnamespace::text = any ($1) and p.prokind = 'f' and p.prorettype <> 'trigger'::regtype
     order by 1`,
    [exposedSchemas()],
  );
}
