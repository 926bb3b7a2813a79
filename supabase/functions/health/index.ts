import { clientFor, projectAddress } from "../_shared/clients.ts";
import manifest from "./deno.json" with { type: "json" };
import { createHealthHandler } from "./handler.ts";

const project = projectAddress(Deno.env);

Deno.serve(
  createHealthHandler({
    askDatabase: async (caller, signal) => await clientFor(caller, project).rpc("stack_health").abortSignal(signal),
    versions: { runtime: Deno.version.deno, product: manifest.version },
    now: () => new Date(),
    timeoutMs: 3_000,
  }),
);
