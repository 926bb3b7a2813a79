// Statements as a person would send them, on one connection inside one transaction: everything is taken back, so that a whole
// set of rights can be tried in a moment, and tried again against a database that was made worse on purpose.
import pg from "pg";
import { type Ask, askWith } from "./owner.ts";
import type { Persona } from "./world.ts";

export interface Outcome<T> {
  rows: T[];
  error: { code: string; message: string } | null;
}

/** Who acts; with a session where it matters which of theirs it is. */
type Actor = Pick<Persona, "id" | "email"> & { session?: string };

export interface SqlSession {
  /** As the owner. */
  ask: Ask;
  /** As the person, past nothing. What it changed stays until the scene ends; an error takes back only itself. */
  as<T extends pg.QueryResultRow>(who: Actor, sql: string, values?: unknown[]): Promise<Outcome<T>>;
  /** The code of each statement's refusal, raised or answered, each for itself and taken back at once. One trip for all of them. */
  refusals(who: Actor, statements: string[]): Promise<(string | null)[]>;
  /** The same as the owner. */
  attempt<T extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Outcome<T>>;
  /** Whatever happens in a scene is taken back at its end. */
  scene<T>(play: () => Promise<T>): Promise<T>;
}

/** Each statement gives one column, "answer"; what it did is undone by the error that carries the answer out. */
function tryEach(statements: string[]): string {
  const tries = statements.map(
    (statement) => `begin
      execute ${pg.escapeLiteral(statement)} into answer;
      raise sqlstate 'TRIED';
    exception when sqlstate 'TRIED' then
      codes := codes || case when answer ? 'message' then answer -> 'code' else 'null' end;
    when others then
      codes := codes || to_jsonb(sqlstate);
    end;`,
  );
  return `do $try$ declare answer jsonb; codes jsonb := '[]'; begin ${tries.join(" ")}
    perform set_config('tests.refusals', codes::text, true); end $try$`;
}

export function openSqlSession(client: pg.Client): SqlSession {
  const ask = askWith(client);
  let depth = 0;
  const attempt = async <T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Outcome<T>> => {
    await client.query("savepoint attempt");
    try {
      const rows = await ask<T>(sql, values);
      return { rows, error: null };
    } catch (problem) {
      await client.query("rollback to savepoint attempt");
      return { rows: [], error: asError(problem) };
    }
  };
  const become = async ({ id, email, session }: Actor) => {
    const claims = JSON.stringify({ sub: id, role: "authenticated", email, session_id: session });
    await client.query(
      `select set_config('request.jwt.claims', '${claims}', true), set_config('role', 'authenticated', true)`,
    );
  };
  const resign = () =>
    client.query("select set_config('role', 'postgres', true), set_config('request.jwt.claims', '', true)");
  return {
    ask,
    attempt,
    async as(who, sql, values) {
      await become(who);
      const outcome = await attempt(sql, values);
      await resign();
      return outcome as Awaited<ReturnType<typeof attempt<never>>>;
    },
    async refusals(who, statements) {
      await become(who);
      await client.query(tryEach(statements));
      await resign();
      const [answer] = await ask<{ codes: (string | null)[] }>(
        "select current_setting('tests.refusals')::jsonb as codes",
      );
      return answer?.codes ?? [];
    },
    async scene(play) {
      const name = `scene_${depth++}`;
      await client.query(`savepoint ${name}`);
      try {
        return await play();
      } finally {
        depth--;
        await client.query(`rollback to savepoint ${name}`);
      }
    },
  };
}

function asError(problem: unknown): { code: string; message: string } {
  if (problem instanceof Error && "code" in problem) return { code: String(problem.code), message: problem.message };
  throw problem;
}
