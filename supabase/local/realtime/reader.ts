// Reads the messages that transactions put into realtime.messages, in the order of their commits, and confirms to Postgres only
// what has been handed to the sockets: what was not is sent again, also to a server that was killed meanwhile.
import pg from "pg";
import { LogicalReplicationService, type Pgoutput, PgoutputPlugin } from "pg-logical-replication";
import { messageOf } from "../problem.ts";
import type { Broadcast } from "./frames.ts";
import { ensureSlot, PUBLICATION, SLOT } from "./slot.ts";

export interface Reader {
  stop(): Promise<void>;
}

interface ReaderOptions {
  databaseUrl: string;
  pool: pg.Pool;
  deliver(message: Broadcast): void;
  log(line: string): void;
}

const CONFIRM_MS = 100;
const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 2000;
const JSONB = 3802;

export function startReader({ databaseUrl, pool, deliver, log }: ReaderOptions): Reader {
  // A payload goes on as the text that Postgres made of it: numbers stay as they are.
  pg.types.setTypeParser(JSONB, (text) => text);
  const service = new LogicalReplicationService(
    { connectionString: databaseUrl, application_name: `realtime ${process.pid} reader` },
    { acknowledge: { auto: false, timeoutSeconds: 0 } },
  );
  let stopping = false;
  let wake: (() => void) | undefined;
  let transaction: Broadcast[] | null = null;
  // The end of the last transaction whose messages were handed on, and what of it Postgres knows.
  let delivered: bigint | null = null;
  let confirmed: bigint | null = null;
  let confirming: NodeJS.Timeout | undefined;

  service.on("data", (_lsn: string, message: Pgoutput.Message) => {
    if (message.tag === "begin") transaction = [];
    else if (message.tag === "insert") {
      const broadcast = toBroadcast(message.new);
      if (broadcast) transaction?.push(broadcast);
    } else if (message.tag === "commit") {
      for (const broadcast of transaction ?? []) deliver(broadcast);
      transaction = null;
      advance(toNumber(message.commitEndLsn ?? "0/0"));
    }
  });
  // Between transactions, everything up to here has been handed on: what other tables write must not pile up behind the slot.
  service.on("heartbeat", (lsn: string, _at: number, answer: boolean) => {
    if (!transaction) advance(toNumber(lsn));
    if (answer) confirm(true);
  });
  // Told by the promise of `subscribe`, too; without a listener it would end the process.
  service.on("error", () => {});
  const running = run();

  return {
    async stop() {
      stopping = true;
      wake?.();
      confirm();
      await service.destroy().catch(() => {});
      await running;
    },
  };

  async function run(): Promise<void> {
    let lastTrouble = "";
    for (let wait = FIRST_RETRY_MS; !stopping; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
      const began = Date.now();
      try {
        await ensureSlot(pool, log);
        transaction = null;
        await service.subscribe(new PgoutputPlugin({ protoVersion: 1, publicationNames: [PUBLICATION] }), SLOT, "0/0");
      } catch (error) {
        // Once per trouble: the database may be away for a while, and a reader that was killed holds its slot for a moment.
        if (!stopping && messageOf(error) !== lastTrouble) log(`Reading messages: ${messageOf(error)}`);
        lastTrouble = messageOf(error);
      }
      if (Date.now() - began > LAST_RETRY_MS) wait = FIRST_RETRY_MS;
      if (!stopping) await pause(wait);
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function advance(lsn: bigint): void {
    if (delivered !== null && lsn <= delivered) return;
    delivered = lsn;
    confirming ??= setTimeout(() => confirm(), CONFIRM_MS);
  }

  function confirm(evenIfKnown = false): void {
    clearTimeout(confirming);
    confirming = undefined;
    if (delivered === null || (delivered === confirmed && !evenIfKnown)) return;
    confirmed = delivered;
    // The library adds one to what it is given. Confirming one byte too much would skip a commit that begins exactly there.
    void service.acknowledge(toText(delivered - 1n));
  }
}

/** Null for what is no message to anybody: the probes of other programs, messages for public channels. */
function toBroadcast(row: Record<string, unknown>): Broadcast | null {
  const { id, topic, event, payload, extension } = row;
  if (extension !== "broadcast" || row.private !== true) return null;
  if (typeof id !== "string" || typeof topic !== "string" || typeof event !== "string") return null;
  return { topic, event, content: { json: typeof payload === "string" ? payload : "null" }, meta: { id } };
}

function toNumber(lsn: string): bigint {
  const [high = "0", low = "0"] = lsn.split("/");
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}

function toText(lsn: bigint): string {
  return `${(lsn >> 32n).toString(16)}/${(lsn & 0xffffffffn).toString(16)}`;
}
