import { ConnectionWatch } from "@/shared/lib/connection";
import { readEnv } from "@/shared/lib/env";

const { env } = readEnv(import.meta.env);

export const connection = new ConnectionWatch({
  // Any answer will do, also a refusal, so it need not be readable.
  ask: () => fetch(`${env?.supabaseUrl ?? ""}/auth/v1/health`, { mode: "no-cors", cache: "no-store" }),
});
