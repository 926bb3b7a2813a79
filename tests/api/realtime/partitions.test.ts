// The days of realtime.messages: there before anything is written, gone after three.
import { afterAll, expect, test } from "vitest";
import { openOwner } from "../../support/owner.ts";

const owner = openOwner();
afterAll(() => owner.close());

const days = `select relname from pg_inherits join pg_class on pg_class.oid = inhrelid
  where inhparent = 'realtime.messages'::regclass order by 1`;

test("yesterday, today and three days ahead are there", async () => {
  const wanted = await owner.ask<{ relname: string }>(
    `select 'messages_' || to_char((now() at time zone 'UTC')::date + step, 'YYYY_MM_DD') as relname
       from generate_series(-1, 3) as step`,
  );
  const made = (await owner.ask<{ relname: string }>(days)).map(({ relname }) => relname);
  expect(made).toEqual(expect.arrayContaining(wanted.map(({ relname }) => relname)));
});

test("what is older than three days is dropped, what is missing is made, and nothing else changes", async () => {
  const { before, after } = await owner.withConnection(async (connection) => {
    const names = async () => (await connection.query<{ relname: string }>(days)).rows.map(({ relname }) => relname);
    await connection.query("begin");
    try {
      const before = await names();
      await connection.query(
        "create table realtime.messages_2020_02_28 partition of realtime.messages for values from ('2020-02-28') to ('2020-02-29')",
      );
      await connection.query(`drop table realtime.${before.at(-1)}`);
      await connection.query("select realtime.keep_partitions()");
      return { before, after: await names() };
    } finally {
      await connection.query("rollback");
    }
  });
  expect(after).toEqual(before);
});

test.each(["anon", "authenticated", "service_role"])("%s may not touch them", async (role) => {
  const [row] = await owner.ask(
    `select has_function_privilege($1, 'realtime.keep_partitions()', 'execute') as keeps,
            bool_or(has_table_privilege($1, inhrelid, 'select, insert, update, delete')) as reaches
       from pg_inherits where inhparent = 'realtime.messages'::regclass`,
    [role],
  );
  expect(row).toEqual({ keeps: false, reaches: false });
});
