import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Lockfile, missingPlatforms } from "./lockfile.ts";
import { projectRoot } from "./settings.ts";

test("the lockfile names every package for every platform (if not: node supabase/local/lockfile.ts)", () => {
  const lockfile: Lockfile = JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8"));
  expect(Object.keys(missingPlatforms(lockfile))).toEqual([]);
  expect(Object.keys(lockfile.packages).length).toBeGreaterThan(100);
});

test("a platform that was left out is found, with the systems it is for", () => {
  const lockfile: Lockfile = {
    packages: {
      "node_modules/tool": {
        dev: true,
        optionalDependencies: {
          "@tool/cli-linux-x64-musl": "1.2.3",
          "@tool/cli-windows-arm64": "1.2.3",
          "@tool/there-darwin-x64": "1.2.3",
          fsevents: "~2.3.3",
        },
      },
      "node_modules/@tool/there-darwin-x64": { version: "1.2.3" },
    },
  };
  expect(missingPlatforms(lockfile)).toEqual({
    "node_modules/@tool/cli-linux-x64-musl": {
      version: "1.2.3",
      os: ["linux"],
      cpu: ["x64"],
      libc: ["musl"],
      dev: true,
      optional: true,
    },
    "node_modules/@tool/cli-windows-arm64": {
      version: "1.2.3",
      os: ["win32"],
      cpu: ["arm64"],
      dev: true,
      optional: true,
    },
  });
});
