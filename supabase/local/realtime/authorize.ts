// Asks the policies of realtime.messages, as the platform does: a message of the topic is put there and rolled back, and what
// the client's role sees of it with its claims is what it may receive; what it may insert is what it may send.
import pg from "pg";
import { codeOf, messageOf } from "../problem.ts";
import { type Identity, Refusal } from "./identity.ts";

type Extension = "broadcast" | "presence";

export interface Rights {
  broadcast: boolean;
  presence: boolean;
}

export interface Authorizer {
  mayReceive(identity: Identity, topic: string, ip: string): Promise<Rights>;
  maySend(identity: Identity, topic: string, ip: string, extension: Extension): Promise<boolean>;
}

const QUERY_LIMIT = "5s";
const MISSING_PARTITION = "23514";
const REFUSED = "42501";

export function createAuthorizer(pool: pg.Pool, log: (line: string) => void): Authorizer {
  return {
    mayReceive: (identity, topic, ip) =>
      rolledBack(async (client) => {
        const { rows: probes } = await client.query<{ id: string }>(
          `insert into realtime.messages (topic, extension, private)
             values ($1, 'broadcast', true), ($1, 'presence', true) returning id`,
          [topic],
        );
        await become(client, identity, topic, ip);
        const { rows } = await asked(topic, () =>
          client.query<{ extension: Extension }>(
            "select extension from realtime.messages where topic = $1 and id = any($2::uuid[])",
            [topic, probes.map((probe) => probe.id)],
          ),
        );
        const seen = rows.map((row) => row.extension);
        return { broadcast: seen.includes("broadcast"), presence: seen.includes("presence") };
      }),
    maySend: (identity, topic, ip, extension) =>
      rolledBack(async (client) => {
        await become(client, identity, topic, ip);
        try {
          await client.query("insert into realtime.messages (topic, extension, private) values ($1, $2, true)", [
            topic,
            extension,
          ]);
          return true;
        } catch (error) {
          if (codeOf(error) === REFUSED) return false;
          throw explain(error, topic);
        }
      }),
  };

  async function become(client: pg.PoolClient, { role, claims }: Identity, topic: string, ip: string): Promise<void> {
    await client.query(
      `select set_config('role', $1, true), set_config('realtime.topic', $2, true),
              set_config('request.jwt.claims', $3, true), set_config('request.headers', $4, true)`,
      [role, topic, JSON.stringify(claims), JSON.stringify({ "x-forwarded-for": ip })],
    );
  }

  async function asked<T>(topic: string, question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (error) {
      throw explain(error, topic);
    }
  }

  /** A policy that fails refuses; the owner of the database hears why, the client does not. */
  function explain(error: unknown, topic: string): unknown {
    if (!(error instanceof pg.DatabaseError)) return error;
    log(
      error.code === MISSING_PARTITION
        ? "MissingPartition: today has no partition of realtime.messages."
        : `RlsPolicyError: the policies for "${topic}" failed: ${error.message}`,
    );
    return unauthorized(topic);
  }

  async function rolledBack<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect().catch((error: unknown) => {
      throw unavailable(error);
    });
    let broken = false;
    try {
      await client.query(`begin; set local statement_timeout = '${QUERY_LIMIT}'`);
      return await work(client);
    } catch (error) {
      throw error instanceof Refusal ? error : unavailable(error);
    } finally {
      await client.query("rollback").catch(() => {
        broken = true;
      });
      client.release(broken);
    }
  }

  function unavailable(error: unknown): Refusal {
    log(`The database did not answer: ${messageOf(error)}`);
    return new Refusal("UnableToConnectToProject", "Realtime was unable to connect to the project database");
  }
}

export function unauthorized(topic: string): Refusal {
  return new Refusal("Unauthorized", `You do not have permissions to read from this Channel topic: ${topic}`);
}
