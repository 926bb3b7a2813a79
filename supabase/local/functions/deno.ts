// Where the Deno binary of this machine is, among the npm packages.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Problem } from "../problem.ts";

const suffix = process.platform === "linux" ? "-glibc" : "";

export function denoBinary(): string {
  const target = `${process.platform}-${process.arch}${suffix}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`@deno/${target}/package.json`);
    const binary = join(dirname(manifest), process.platform === "win32" ? "deno.exe" : "deno");
    if (existsSync(binary)) return binary;
  } catch {
    // Said below.
  }
  throw new Problem(
    `Deno for ${target} is not installed, so Edge Functions cannot run. Run "npm install" with optional dependencies.`,
  );
}

/** Environment of the Deno program itself: no look at the network for news, nothing written outside the cache. */
export function denoEnvironment(cacheDir: string): Record<string, string> {
  const environment: Record<string, string> = { DENO_DIR: cacheDir, DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" };
  // Windows cannot open a socket without it.
  if (process.env.SystemRoot) environment.SystemRoot = process.env.SystemRoot;
  return environment;
}
