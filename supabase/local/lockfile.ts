// A registry that lacks a package for some other platform makes npm leave it out of package-lock.json without a word: `npm ci`
// then refuses the file, and people on that platform miss a binary. This names what was left out and puts it back.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { projectRoot } from "./settings.ts";

interface LockedPackage {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

export interface Lockfile {
  packages: Record<string, LockedPackage>;
}

const systems = [
  "android",
  "darwin",
  "freebsd",
  "linux",
  "openharmony",
  "win32",
  "windows",
  "aix",
  "netbsd",
  "openbsd",
  "sunos",
];
const processors = ["arm64", "x64", "ia32", "arm", "ppc64", "riscv64", "s390x", "loong64", "mips64el", "wasm32"];

/** Platform packages that something in the lockfile wants and the lockfile does not have, by their place in it. */
export function missingPlatforms(lockfile: Lockfile): Record<string, LockedPackage> {
  const missing: Record<string, LockedPackage> = {};
  for (const parent of Object.values(lockfile.packages))
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      const place = `node_modules/${name}`;
      const platform = platformOf(name);
      if (place in lockfile.packages || !platform || !/^\d/.test(version)) continue;
      missing[place] = { version, ...platform, ...(parent.dev && { dev: true }), optional: true };
    }
  return missing;
}

function platformOf(name: string): { os?: string[]; cpu: string[]; libc?: string[] } | null {
  const words = name.split(/[^a-z0-9]+/);
  const cpu = processors.find((one) => words.includes(one));
  if (!cpu) return null;
  const os = systems.find((one) => words.includes(one));
  const libc = words.some((word) => word.startsWith("musl"))
    ? "musl"
    : words.some((word) => word.startsWith("gnu") || word === "glibc")
      ? "glibc"
      : null;
  return {
    ...(os && { os: [os === "windows" ? "win32" : os] }),
    cpu: [cpu],
    ...(os === "linux" && libc && { libc: [libc] }),
  };
}

function complete(): void {
  const file = join(projectRoot, "package-lock.json");
  const lockfile: Lockfile = JSON.parse(readFileSync(file, "utf8"));
  const missing = missingPlatforms(lockfile);
  const root = lockfile.packages[""] ?? {};
  const others = Object.entries({ ...lockfile.packages, ...missing }).filter(([place]) => place !== "");
  // In npm's own order, so that it changes nothing the next time it writes the file.
  others.sort(([a], [b]) => a.localeCompare(b, "en"));
  writeFileSync(
    file,
    `${JSON.stringify({ ...lockfile, packages: { "": root, ...Object.fromEntries(others) } }, null, 2)}\n`,
  );
  console.log(`${Object.keys(missing).length} platform packages were put back into package-lock.json.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) complete();
