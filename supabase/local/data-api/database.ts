// One transaction per request, in one message where the answer cannot change its end: begin, the request's settings, the
// statement, commit.
import { DatabaseError, Pool, type PoolClient, type QueryResult } from "pg";
import { ApiError, clientLeft, nulByte, poolTimeout } from "./errors.ts";
import { fromPostgres } from "./postgres-errors.ts";
import { identifier, literal } from "./sql/text.ts";

const ACQUISITION_TIMEOUT_MS = 10_000;
const ISOLATION_LEVELS = ["serializable", "repeatable read", "read committed", "read uncommitted"];

export interface Session {
  role: string;
  claims: object;
  method: string;
  path: string;
  headers: Headers;
  /** Aborted when the client goes away before it has its answer. */
  left: AbortSignal;
  searchPath: string[];
  timezone: string | null;
  roleSettings: [string, string][];
  functionSettings: [string, string][];
  preRequest: string | null;
}

export interface Transaction {
  session: Session;
  readOnly: boolean;
  isolation: string | null;
  /** Asks the planner how many rows there are. */
  estimate: string | null;
  statement: string;
}

export interface Outcome {
  total: number | null;
  pageTotal: number;
  location: [string, string][] | null;
  body: string;
  responseHeaders: string | null;
  responseStatus: string | null;
  inserted: number | null;
  estimate: number | null;
}

export type Ending = "commit" | "rollback";

export interface Database {
  /** Runs the transaction; `end` looks at its outcome before it ends and says how, or throws to undo it. */
  run(transaction: Transaction, end: (outcome: Outcome) => Ending): Promise<Outcome>;
  /** The lines of a statement that is only explained. */
  explain(transaction: Transaction, end: Ending): Promise<string>;
  close(): Promise<void>;
}

type Row = Record<string, string | null>;
type Result = QueryResult<Row>;

export function createDatabase(databaseUrl: string, poolSize: number): Database {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: poolSize,
    application_name: "data-api",
    keepAlive: true,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: ACQUISITION_TIMEOUT_MS,
    // Every value stays the text that Postgres wrote.
    types: { getTypeParser: () => (value: string | Buffer) => String(value) },
  });
  pool.on("error", () => {});
  // A connection may break while a request holds it; its query fails, and that is enough.
  pool.on("connect", (client) => client.on("error", () => {}));

  const canceller = new Pool({ connectionString: databaseUrl, max: 1, application_name: "data-api cancelling" });
  canceller.on("error", () => {});

  async function within<T>(transaction: Transaction, work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await acquire(pool);
    if (transaction.readOnly && transaction.session.left.aborted) {
      client.release();
      throw clientLeft();
    }
    const cancelling = cancelWhenLeft(canceller, transaction, client);
    try {
      const value = await work(client);
      await cancelling.settled();
      client.release();
      return value;
    } catch (error) {
      await cancelling.settled();
      const lost = !(error instanceof DatabaseError || error instanceof ApiError);
      const undone = lost
        ? false
        : await client.query(closing("rollback")).then(
            () => true,
            () => false,
          );
      client.release(!undone);
      throw fromPostgres(error, transaction.session.role !== "anon");
    }
  }

  return {
    run: (transaction, end) =>
      within(transaction, async (client) => {
        const results = await send(client, transaction, transaction.readOnly ? [closing("commit")] : []);
        const outcome = outcomeOf(results, transaction);
        const ending = end(outcome);
        if (!transaction.readOnly) await client.query(closing(ending));
        return outcome;
      }),
    explain: (transaction, end) =>
      within(transaction, async (client) => {
        const results = await send(client, transaction, []);
        const lines = results.at(-1)?.rows.map((row) => row["QUERY PLAN"] ?? "") ?? [];
        await client.query(closing(end));
        return lines.join("\n");
      }),
    close: async () => {
      await Promise.all([pool.end(), canceller.end()]);
    },
  };
}

/** A function may have changed settings for the whole session, which the next request must not meet. */
const closing = (end: Ending): string => `${end};\nreset all`;

/** Nobody waits for the rows of a client that has left. What writes goes on: others see what comes of it. */
function cancelWhenLeft(canceller: Pool, { session, readOnly }: Transaction, client: PoolClient) {
  const pid = Number(Reflect.get(client, "processID"));
  let cancelled: Promise<unknown> = Promise.resolve();
  const cancel = () => {
    cancelled = canceller.query("select pg_cancel_backend($1)", [pid]).catch(() => {});
  };
  if (readOnly) session.left.addEventListener("abort", cancel, { once: true });
  return {
    /** Once this has ended, the connection's next statement cannot be met by a late cancellation. */
    settled: () => {
      session.left.removeEventListener("abort", cancel);
      return cancelled;
    },
  };
}

async function acquire(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("timeout exceeded")) throw poolTimeout();
    // Whatever Postgres says at the door (starting up, too many clients) is a connection that could not be made.
    throw fromPostgres(new Error(error instanceof Error ? error.message : String(error)), true);
  }
}

/** The results of the estimate, if there is one, the statement and the ending. */
async function send(client: PoolClient, transaction: Transaction, ending: string[]): Promise<Result[]> {
  const { session, readOnly, isolation, estimate, statement } = transaction;
  const level = ISOLATION_LEVELS.find((candidate) => candidate === isolation);
  const begin = `begin${level ? ` isolation level ${level}` : ""}${readOnly ? " read only" : ""}`;
  const preparation = [begin, settingsSql(session)];
  if (session.preRequest !== null) preparation.push(`select ${session.preRequest}()`);
  const text = [...preparation, ...(estimate === null ? [] : [estimate]), statement, ...ending].join(";\n");
  if (text.includes("\0")) throw nulByte();
  const answer: unknown = await client.query<Row>(text);
  return Array.isArray(answer) ? answer.slice(preparation.length) : [];
}

/** The role comes last of what Postgres itself reads, so that its settings are made with the rights of this service. */
function settingsSql(session: Session): string {
  const settings: [string, string][] = [
    ["search_path", session.searchPath.map(identifier).join(", ")],
    ...(session.timezone === null ? [] : [["timezone", session.timezone] as [string, string]]),
    ...session.roleSettings,
    ["role", session.role],
    ["request.jwt.claims", JSON.stringify(session.claims)],
    ["request.method", session.method],
    ["request.path", session.path],
    ["request.headers", JSON.stringify(Object.fromEntries(session.headers))],
    ["request.cookies", JSON.stringify(cookiesOf(session.headers.get("cookie")))],
    ...session.functionSettings,
  ];
  return `select ${settings.map(([name, value]) => `set_config(${literal(name)}, ${literal(value)}, true)`).join(", ")}`;
}

function cookiesOf(header: string | null): Record<string, string> {
  const pairs = (header ?? "").split(";").flatMap((part): [string, string][] => {
    const equals = part.indexOf("=");
    return equals > 0 ? [[part.slice(0, equals).trim(), part.slice(equals + 1).trim()]] : [];
  });
  return Object.fromEntries(pairs);
}

const numberOrNull = (text: string | null | undefined): number | null =>
  text === null || text === undefined ? null : Number(text);

function outcomeOf(results: Result[], transaction: Transaction): Outcome {
  const main = results[transaction.estimate === null ? 0 : 1]?.rows[0];
  const plan = transaction.estimate === null ? undefined : results[0]?.rows[0]?.["QUERY PLAN"];
  const location = main?.location;
  return {
    total: numberOrNull(main?.total),
    pageTotal: Number(main?.page_total ?? 0),
    location: location ? JSON.parse(location) : null,
    body: main?.body ?? "",
    responseHeaders: main?.response_headers ?? null,
    responseStatus: main?.response_status ?? null,
    inserted: numberOrNull(main?.inserted),
    estimate: plan ? JSON.parse(plan)[0].Plan["Plan Rows"] : null,
  };
}
