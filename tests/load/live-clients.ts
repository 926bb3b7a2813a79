// Sockets that listen, in a process of their own: supabase-js as the app uses it. Started by live-bench.ts over a pipe. Every
// message carries its number in `n`; when each was received is kept by socket and number.
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { WebSocketServer } from "ws";

export interface Listening {
  apiUrl: string;
  key: string;
  token: string;
  topics: string[];
  sockets: number;
  /** How many numbers there will be. */
  messages: number;
}

/** What became of one socket. Times are the machine's own clock, in milliseconds; 0 is never. */
export interface Received {
  times: Float64Array;
  /** Messages that came after a later one of their topic, and had not come before. */
  reordered: number;
  /** Messages that came a second time. */
  repeated: number;
}

export type ToClients = { kind: "listen"; what: Listening } | { kind: "echo" } | { kind: "report" };
export type FromClients =
  | { kind: "joined"; refused: number }
  | { kind: "echo"; port: number }
  | { kind: "report"; received: Received[] };

/** The same in every process of the machine. */
const now = () => Number(process.hrtime.bigint()) / 1e6;
const received: Received[] = [];
const clients: SupabaseClient[] = [];

process.on("message", async (message: ToClients) => {
  if (message.kind === "listen") tell({ kind: "joined", refused: await listen(message.what) });
  else if (message.kind === "echo") tell({ kind: "echo", port: await echo() });
  else if (message.kind === "report") tell({ kind: "report", received });
});
process.on("disconnect", () => process.exit(0));

function tell(message: FromClients): void {
  process.send?.(message);
}

/** Resolves when every channel has been joined or refused; tells how many were refused. */
async function listen({ apiUrl, key, token, topics, sockets, messages }: Listening): Promise<number> {
  const answers: Promise<boolean>[] = [];
  for (let socket = 0; socket < sockets; socket++) {
    const client = createClient(apiUrl, key, { accessToken: async () => token });
    clients.push(client);
    // Else the first join may leave before the token is known, as somebody who has not signed in.
    await client.realtime.setAuth();
    const mine: Received = { times: new Float64Array(messages), reordered: 0, repeated: 0 };
    received.push(mine);
    for (const topic of topics) answers.push(join(client, topic, mine));
  }
  return (await Promise.all(answers)).filter((accepted) => !accepted).length;
}

function join(client: SupabaseClient, topic: string, mine: Received): Promise<boolean> {
  let last = -1;
  return new Promise((resolve) => {
    client
      .channel(topic, { config: { private: true } })
      .on("broadcast", { event: "*" }, ({ payload }) => {
        const number: number = payload.n;
        if (mine.times[number]) mine.repeated++;
        else {
          mine.times[number] = now();
          if (number < last) mine.reordered++;
          last = Math.max(last, number);
        }
      })
      .subscribe((state) => {
        if (state === "SUBSCRIBED") resolve(true);
        if (state === "CHANNEL_ERROR") resolve(false);
      });
  });
}

/** A websocket server that sends back what it gets: what a frame costs on this machine. */
function echo(): Promise<number> {
  return new Promise((resolve) => {
    const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false }, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
    server.on("connection", (socket) => {
      socket.on("message", (data, binary) => socket.send(data, { binary }));
    });
  });
}
