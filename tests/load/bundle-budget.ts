// What a first visit downloads in JavaScript, page by page, against the budget of docs/performance.md.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

export interface PageWeight {
  page: string;
  kilobytes: number;
  limit: number;
}

interface Chunk {
  file: string;
  imports?: string[];
}

/** Pages by the files that are their own part of the bundle. */
const budgets = [
  { page: "sign-in", sources: ["src/features/auth/pages/sign-in-page.tsx"], limit: 165 },
  { page: "first page", sources: ["src/app/shell/shell.tsx", "src/app/home/home-page.tsx"], limit: 210 },
];

export async function measureBundle(distDir: string): Promise<PageWeight[]> {
  const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(distDir, ".vite/manifest.json"), "utf8"));
  return budgets.map(({ page, sources, limit }) => {
    const files = new Set<string>();
    for (const start of ["index.html", ...sources]) collect(start);
    const bytes = [...files].reduce((sum, file) => sum + compressed(join(distDir, file)), 0);
    return { page, kilobytes: bytes / 1024, limit };

    function collect(name: string): void {
      const chunk = manifest[name];
      if (!chunk) throw new Error(`The built app has no "${name}": the size budget names a page that is not there.`);
      if (files.has(chunk.file)) return;
      files.add(chunk.file);
      for (const imported of chunk.imports ?? []) collect(imported);
    }
  });
}

function compressed(file: string): number {
  return brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}
