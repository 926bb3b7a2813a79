// The app as it is deployed: built, compressed, with the headers that a host sends.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, relative } from "node:path";
import { brotliCompressSync } from "node:zlib";
import type { StackStatus } from "../../supabase/local/running.ts";
import { runTool } from "../../supabase/local/tools.ts";

interface File {
  body: Buffer;
  headers: Record<string, string>;
}

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** Builds for the stack and serves on the port for as long as the work lasts. */
export async function withBuiltApp<T>(status: StackStatus, port: number, work: () => Promise<T>): Promise<T> {
  const outDir = mkdtempSync(join(tmpdir(), "partner-workspace-app-"));
  try {
    const env = {
      APP_PORT: String(port),
      VITE_SUPABASE_URL: status.apiUrl,
      VITE_SUPABASE_PUBLISHABLE_KEY: status.publishableKey,
      VITE_MAIL_URL: status.mailUrl,
    };
    const built = await runTool("vite/bin/vite.js", ["build", "--outDir", outDir, "--emptyOutDir"], { env });
    if (built.code !== 0) throw new Error(built.output);
    const stop = await serve(filesOf(outDir), port);
    try {
      return await work();
    } finally {
      await stop();
    }
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

function filesOf(dir: string): Map<string, File> {
  const files = new Map<string, File>();
  for (const path of readdirSync(dir, { recursive: true, encoding: "utf8" })) {
    const file = join(dir, path);
    if (!statSync(file).isFile()) continue;
    const address = `/${relative(dir, file).replaceAll("\\", "/")}`;
    const type = types[extname(file)] ?? "application/octet-stream";
    const isPacked = type === "font/woff2";
    const content = readFileSync(file);
    files.set(address, {
      body: isPacked ? content : brotliCompressSync(content),
      headers: {
        "content-type": type,
        ...(!isPacked && { "content-encoding": "br" }),
        // What carries its hash in its name never changes under it.
        "cache-control": address.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
        "content-security-policy": "frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
      },
    });
  }
  return files;
}

async function serve(files: Map<string, File>, port: number): Promise<() => Promise<void>> {
  const send = (response: ServerResponse, code: number, { body, headers }: File) =>
    response.writeHead(code, headers).end(body);
  const page = files.get("/index.html");
  if (!page) throw new Error("The built app has no index.html.");
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = files.get(pathname);
    if (file) send(response, 200, file);
    else if (extname(pathname)) response.writeHead(404, { "content-type": "text/plain" }).end("There is no such file.");
    else send(response, 200, page);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "localhost", resolve);
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}
