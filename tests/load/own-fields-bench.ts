// What it costs that values of the organization's own fields are checked: statements over 20,000 partners with the check and without it,
// everything else that writing a partner does being the same.
import pg from "pg";
import type { StackStatus } from "../../supabase/local/running.ts";
import { type Ask, askWith } from "../support/owner.ts";
import { type Figure, median } from "./figure.ts";

const ROWS = 20_000;
const ROUNDS = 7;
const ORGANIZATION = "0f1e1d50-0000-4000-8000-000000000001";

/** One of each type that is often there, with a value that it takes. */
const fields: [type: string, options: string, value: string][] = [
  ["text", "{}", '"C-2026-17"'],
  ["number", '{"precision": 2, "min": 0, "max": 100000}', "1250.5"],
  ["money", '{"currency": "EUR", "min": 0}', '{"amount": "1250.50", "currency": "EUR"}'],
  ["percent", '{"min": 0, "max": 100}', "12.5"],
  ["date", "{}", '"2026-11-21"'],
  ["select", '{"choices": [{"key": "a", "label": "A", "color": "sky"}]}', '"a"'],
  [
    "multi_select",
    '{"choices": [{"key": "a", "label": "A", "color": "sky"}, {"key": "b", "label": "B", "color": "sky"}]}',
    '["b", "a"]',
  ],
  ["checkbox", "{}", "true"],
  ["rating", "{}", "4"],
  ["email", "{}", '"somebody@example.com"'],
];

const write = (assignment: string) =>
  `update public.partners set ${assignment} where organization_id = '${ORGANIZATION}'`;

export async function benchOwnFields({ dbUrl }: StackStatus, tell: (figure: Figure) => void): Promise<void> {
  const client = new pg.Client({ connectionString: dbUrl });
  await client.connect();
  const ask = askWith(client);
  try {
    const values = await prepare(ask);
    const [one] = Object.entries(values);
    const assign = (given: Record<string, unknown>) =>
      write(`custom_fields = ${pg.escapeLiteral(JSON.stringify(given))}`);
    await compare(client, "another column", write("notes = 'Changed'"), 1.15, tell);
    await compare(client, "one value each", assign(Object.fromEntries(one ? [one] : [])), 1.5, tell);
    await compare(client, `${fields.length} values each`, assign(values), 2.5, tell);
  } finally {
    await client.end();
  }
}

async function prepare(ask: Ask): Promise<Record<string, unknown>> {
  await ask("insert into public.organizations (id, name, slug) values ($1, 'Fields bench', 'fields-bench')", [
    ORGANIZATION,
  ]);
  await ask(
    "insert into public.partners (organization_id, name, status) select $1, 'Partner ' || n, 'active' from generate_series(1, $2::integer) as n",
    [ORGANIZATION, ROWS],
  );
  const made = await ask<{ id: string; field_type: string }>(
    `insert into public.custom_field_definitions (organization_id, key, label, field_type, options)
     select $1, type, 'A ' || type, type, options::jsonb from unnest($2::text[], $3::text[]) as given (type, options)
     returning id, field_type`,
    [ORGANIZATION, fields.map(([type]) => type), fields.map(([, options]) => options)],
  );
  await ask("vacuum analyze public.partners");
  return Object.fromEntries(
    made.map(({ id, field_type }) => [id, JSON.parse(fields.find(([type]) => type === field_type)?.[2] ?? "null")]),
  );
}

/** Each is undone, so that every round meets the same rows; interleaved, so that what else the machine does falls on both alike. */
async function compare(
  client: pg.Client,
  what: string,
  sql: string,
  limit: number,
  tell: (figure: Figure) => void,
): Promise<void> {
  const times = { checked: [] as number[], unchecked: [] as number[] };
  for (let round = 0; round <= ROUNDS; round++)
    for (const way of ["checked", "unchecked"] as const) {
      await client.query("begin");
      if (way === "unchecked")
        await client.query("alter table public.partners disable trigger _200_check_custom_values_on_update");
      const began = performance.now();
      await client.query(sql);
      // The first round warms up.
      if (round > 0) times[way].push(performance.now() - began);
      await client.query("rollback");
      await client.query("vacuum public.partners, public.audit_log");
    }
  const ratio = median(times.checked) / median(times.unchecked);
  tell({
    what: `own fields: ${ROWS.toLocaleString("en")} partners, ${what}, checked against not checked`,
    value: `${ratio.toFixed(2)} × (${Math.round(median(times.unchecked))} ms without)`,
    bar: `≤ ${limit} ×`,
    ok: ratio <= limit,
  });
}
