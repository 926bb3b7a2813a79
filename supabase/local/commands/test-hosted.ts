// `npm run test:hosted`: the tests that hold on every platform, against the Supabase project that the environment names.
import { STACK_VARIABLE } from "../../../tests/support/stack.ts";
import { Problem } from "../problem.ts";
import { runVitest } from "../runners.ts";
import type { StackStatus } from "../running.ts";
import { closingLine, exitCode } from "../tally.ts";

export async function run(): Promise<number> {
  const status: StackStatus = {
    apiUrl: wanted("HOSTED_SUPABASE_URL"),
    publishableKey: wanted("HOSTED_PUBLISHABLE_KEY"),
    secretKey: wanted("HOSTED_SECRET_KEY"),
    dbUrl: wanted("HOSTED_DB_URL"),
    // What only the embedded stack has; the tests run here do without.
    adminDbUrl: "",
    mailUrl: "",
    appUrl: "",
  };
  const tally = await runVitest(["hosted"], { [STACK_VARIABLE]: JSON.stringify(status) });
  console.log(`\n${closingLine(tally)}`);
  return exitCode(tally);
}

function wanted(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Problem(
      `${name} is not set. To test a hosted project, set HOSTED_SUPABASE_URL, HOSTED_PUBLISHABLE_KEY, HOSTED_SECRET_KEY and HOSTED_DB_URL. Use a project made for tests: they create and delete users.`,
    );
  return value;
}
