// The built page carries its styles, the first thing to draw and the names of the files to ask for: one answer of the host, and
// something stands on the screen. The policy names what stands in the page by its digest, so nothing else can run there.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin, Rolldown } from "vite";
import { firstDrawn } from "./first-drawn.ts";

const read = (name: string) => readFileSync(fileURLToPath(new URL(name, import.meta.url)), "utf8");

export function firstFrame(): Plugin {
  return {
    name: "first-frame",
    apply: "build",
    enforce: "post",
    transformIndexHtml: {
      order: "post",
      handler: (html, { bundle = {} }) => {
        const files = Object.values(bundle);
        const chunks = files.filter((file) => file.type === "chunk");
        const entry = chunks.find(({ isEntry }) => isEntry);
        if (!entry) throw new Error("The build has no entry.");
        const draw = `<script>${read("draw.js").replace("__FIRST_FILES__", JSON.stringify(firstFiles(chunks, entry)))}</script>`;
        const page = html
          .replace(
            /<script type="module"[^>]*><\/script>/,
            `<link rel="modulepreload" crossorigin href="/${entry.fileName}">`,
          )
          .replace(
            /<link rel="stylesheet"[^>]*href="\/([^"]+)"[^>]*>/,
            // Code that comes later brings its styles, unless a link to them is there: applied once more, the same sheet would have the
            // whole page styled and laid out anew. A browser fetches no sheet that is disabled.
            (_tag, name) => `<style>${styles(files, name)}</style><link rel="stylesheet" href="/${name}" disabled>`,
          )
          .replace('<script src="/theme.js"></script>', () => `<script>${read("../public/theme.js")}</script>`)
          .replace("</body>", () => `${read("frame.html")}${draw}</body>`);
        return page
          .replace("script-src &#39;self&#39;", `$&${digests(page, "script")}`)
          .replace("style-src &#39;self&#39;", `$&${digests(page, "style")}`);
      },
    },
  };
}

function styles(files: (Rolldown.OutputAsset | Rolldown.OutputChunk)[], name: string): string {
  const sheet = files.find(({ fileName }) => fileName === name);
  if (sheet?.type !== "asset") throw new Error(`The build has no ${name}.`);
  return String(sheet.source);
}

/** The app's own files, the entry last; and the names of the others once, with which of them each first page needs. */
function firstFiles(chunks: Rolldown.OutputChunk[], entry: Rolldown.OutputChunk) {
  const names: string[] = [];
  const own = withImports(chunks, [entry]);
  const sets = Object.entries(firstDrawn).map(([address, sources]) => {
    const starts = sources.map((source) => {
      const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/${source}`));
      if (!chunk) throw new Error(`${source} is drawn first, but the build has no file of its own for it.`);
      return chunk;
    });
    const wanted = [...withImports(chunks, starts)].filter((name) => !own.has(name)).map((name) => `/${name}`);
    for (const name of wanted) if (!names.includes(name)) names.push(name);
    return [address, wanted.map((name) => names.indexOf(name))];
  });
  return { names, sets: Object.fromEntries(sets), own: [...own].map((name) => `/${name}`) };
}

/** Each after what it imports. */
function withImports(chunks: Rolldown.OutputChunk[], starts: Rolldown.OutputChunk[]): Set<string> {
  const found = new Set<string>();
  const met = new Set<string>();
  const add = (name: string) => {
    if (met.has(name)) return;
    met.add(name);
    for (const imported of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) add(imported);
    found.add(name);
  };
  for (const { fileName } of starts) add(fileName);
  return found;
}

function digests(page: string, tag: "script" | "style"): string {
  return [...page.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, "g"))]
    .map(([, content = ""]) => ` 'sha256-${createHash("sha256").update(content).digest("base64")}'`)
    .join("");
}
