// How much JavaScript a browser must load before a page works: what index.html names, the page's own chunk, and all that these
// import statically. Compressed as a good host would (brotli 11); a kilobyte is 1,000 bytes.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

export interface PageSize {
  page: string;
  kilobytes: number;
  limit: number;
}

interface Chunk {
  file: string;
  imports?: string[];
}

const pages = [
  { page: "Sign-in", source: "src/features/auth/pages/sign-in-page.tsx", limit: 165 },
  { page: "First page after sign-in", source: "src/features/status/pages/status-page.tsx", limit: 210 },
];

export async function measureBundle(distDir: string): Promise<PageSize[]> {
  const manifest = readManifest(distDir);
  const named = namedInHtml(readFileSync(join(distDir, "index.html"), "utf8"));
  return pages.map(({ page, source, limit }) => {
    const files = new Set([...named, ...filesOf("index.html", manifest), ...filesOf(source, manifest)]);
    const bytes = [...files].reduce((sum, file) => sum + compressedSize(join(distDir, file)), 0);
    return { page, kilobytes: bytes / 1000, limit };
  });
}

function readManifest(distDir: string): Record<string, Chunk> {
  return JSON.parse(readFileSync(join(distDir, ".vite/manifest.json"), "utf8"));
}

function namedInHtml(html: string): string[] {
  return [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="\/([^"]+\.js)"/g)].map(([, file = ""]) => file);
}

function filesOf(source: string, manifest: Record<string, Chunk>, seen = new Set<string>()): Set<string> {
  const chunk = manifest[source];
  // A page that was renamed must not pass as one that weighs nothing.
  if (!chunk) throw new Error(`The built app has no chunk for ${source}. Name the page anew in bundle-budget.ts.`);
  if (seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const imported of chunk.imports ?? []) filesOf(imported, manifest, seen);
  return seen;
}

function compressedSize(file: string): number {
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  return brotliCompressSync(readFileSync(file), options).byteLength;
}
