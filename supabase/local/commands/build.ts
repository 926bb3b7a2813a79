// `npm run build`: the app as it is deployed, into dist/. Address and key come from the environment or .env.
import { runTool } from "../tools.ts";

export async function run(args: string[]): Promise<number> {
  return (await runTool("vite/bin/vite.js", ["build", ...args], { show: true })).code;
}
