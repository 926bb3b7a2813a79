// Finds a Chromium for the browser tests, and gets one where there is none.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { Problem } from "../../supabase/local/problem.ts";
import { projectRoot } from "../../supabase/local/settings.ts";

const systemPaths = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

export function findBrowser(): string | null {
  const wished = process.env.CHROMIUM_PATH;
  if (wished) return wished;
  return [chromium.executablePath(), ...systemPaths].find((path) => path && existsSync(path)) ?? null;
}

export function ensureBrowser(say: (line: string) => void): string {
  const found = findBrowser();
  if (found) return found;
  say("Getting Chromium for the browser tests (once) …");
  for (const attempt of [installFromPlaywright, installFromSystem]) {
    attempt();
    const path = findBrowser();
    if (path) return path;
  }
  throw new Problem(
    'The browser tests need Chromium, and it could not be installed from here. Install it ("apt-get install chromium" as root, or "npx playwright install chromium"), or set CHROMIUM_PATH to one.',
  );
}

function installFromPlaywright(): void {
  spawnSync(process.execPath, [join(projectRoot, "node_modules/@playwright/test/cli.js"), "install", "chromium"], {
    stdio: "ignore",
    timeout: 300_000,
  });
}

function installFromSystem(): void {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-qq"], { stdio: "ignore", env });
  spawnSync("apt-get", ["install", "-y", "-qq", "chromium"], { stdio: "ignore", env });
}
