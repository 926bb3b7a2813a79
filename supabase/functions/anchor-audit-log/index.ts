import { projectAddress, secretKeyOf, serviceClient } from "../_shared/clients.ts";
import { createAnchorHandler } from "./handler.ts";

const secretKey = secretKeyOf(Deno.env);
const database = serviceClient(secretKey, projectAddress(Deno.env));

Deno.serve(
  createAnchorHandler({
    secretKey,
    anchor: { url: Deno.env.get("ANCHOR_URL"), key: Deno.env.get("ANCHOR_KEY") },
    unanchoredHeads: async () => await database.rpc("unanchored_audit_heads"),
    recordAnchors: async (heads, place, receipt) =>
      await database.rpc("record_audit_anchors", { heads, place, receipt }),
    fetch: (url, init) => fetch(url, init),
    now: () => new Date(),
  }),
);
