import type { Ask } from "./owner.ts";

/** What is in the log by now is in the chains afterwards. The schedule seals too, and of two that seal one goes away again: hence its lock. */
export const sealAll = (ask: Ask) =>
  ask(`do $$ begin
    perform pg_advisory_xact_lock(hashtextextended('private.seal_audit_log', 0));
    perform private.seal_audit_log();
  end $$`);
