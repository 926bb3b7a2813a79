// `npm run stack`: the backend alone, in the foreground, until it is told to stop.
import { readFlags, stackFlags, stackOptions } from "../options.ts";
import { showProgress } from "../progress.ts";
import { startStack } from "../stack.ts";
import { untilStopped } from "../until-stopped.ts";

export async function run(args: string[]): Promise<number> {
  const options = stackOptions(readFlags(args, [...stackFlags]));
  return untilStopped(async (end) => {
    const stack = await startStack(options, {
      log: (line) => console.error(line),
      progress: showProgress,
      onLost: (problem) => end(1, problem.message),
    });
    const { apiUrl, dbUrl, mailUrl, publishableKey } = stack.status;
    console.log(`The stack is ready.
  API             ${apiUrl}
  Database        ${dbUrl}
  Mail            ${mailUrl}
  Publishable key ${publishableKey}
Stop it with Ctrl-C or "npm run stack:stop".`);
    return () => stack.stop();
  });
}
