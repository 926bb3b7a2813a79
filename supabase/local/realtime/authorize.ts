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
// Connections, resources, locks, shutting down: not what was asked, but who was asked.
const outOfOrder = /^(08|53|55|57)/;

export function createAuthorizer(pool: pg.Pool, log: (line: string) => void): Authorizer {
  return {
    mayReceive: (identity, topic, ip) =>
      rolledBack(topic, async (client) => {
        const { rows: probes } = await client.query<{ id: string }>(
          `insert into realtime.messages (topic, extension, private)
             values ($1, 'broadcast', true), ($1, 'presence', true) returning id`,
          [topic],
        );
        await become(client, identity, topic, ip);
        const { rows } = await client.query<{ extension: Extension }>(
          "select extension from realtime.messages where topic = $1 and id = any($2::uuid[])",
          [topic, probes.map((probe) => probe.id)],
        );
        const seen = rows.map((row) => row.extension);
        return { broadcast: seen.includes("broadcast"), presence: seen.includes("presence") };
      }),
    maySend: (identity, topic, ip, extension) =>
      rolledBack(topic, async (client) => {
        await become(client, identity, topic, ip);
        try {
          await client.query("insert into realtime.messages (topic, extension, private) values ($1, $2, true)", [
            topic,
            extension,
          ]);
          return true;
        } catch (error) {
          if (codeOf(error) === REFUSED) return false;
          throw error;
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

  async function rolledBack<T>(topic: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect().catch((error: unknown) => {
      throw unavailable(error);
    });
    let broken = false;
    try {
      await client.query(`begin; set local statement_timeout = '${QUERY_LIMIT}'`);
      return await work(client);
    } catch (error) {
      throw explain(error, topic);
    } finally {
      await client.query("rollback").catch(() => {
        broken = true;
      });
      client.release(broken);
    }
  }

  /** A policy that fails refuses, and so does a topic that is no text; why, hears the owner of the database and not the client. */
  function explain(error: unknown, topic: string): Refusal {
    if (!(error instanceof pg.DatabaseError) || outOfOrder.test(error.code ?? "")) return unavailable(error);
    log(
      error.code === MISSING_PARTITION
        ? "MissingPartition: today has no partition of realtime.messages."
        : `RlsPolicyError: ${error.message} (topic "${topic.slice(0, 100)}")`,
    );
    return unauthorized(topic);
  }

  function unavailable(error: unknown): Refusal {
    log(`The database did not answer: ${messageOf(error)}`);
    return new Refusal("UnableToConnectToProject", "Realtime was unable to connect to the project database");
  }
}

export function unauthorized(topic: string): Refusal {
  return new Refusal("Unauthorized", `You do not have permissions to read from this Channel topic: ${topic}`);
}
