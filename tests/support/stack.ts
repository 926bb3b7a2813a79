// The stack that the tests talk to: the one that `npm test` started, or the one this checkout already runs.
import { join } from "node:path";
import { findRunning, type StackStatus } from "../../supabase/local/running.ts";
import { projectRoot } from "../../supabase/local/settings.ts";

export const STACK_VARIABLE = "TEST_STACK";

export function stack(): StackStatus {
  const given = process.env[STACK_VARIABLE];
  if (given) return JSON.parse(given);
  const running = findRunning(process.env.STACK_DATA_DIR ?? join(projectRoot, "supabase/.temp/stack"));
  if (running) return running.status;
  throw new Error('These tests need a stack. Run "npm test", or start one with "npm run stack" first.');
}
