import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv, type Plugin } from "vite";
import { sharedByFirstPages } from "./first-frame/chunks.ts";
import { firstFrame } from "./first-frame/plugin.ts";

const port = Number(process.env.APP_PORT ?? 5173);

// What every page needs and no release of ours changes stays in the browser's cache from one release to the next.
const lastingChunks = [
  { name: "react", test: /node_modules[\\/](?:react|react-dom|react-router|react-router-dom|scheduler)[\\/]/ },
  // One file instead of thirty of a few hundred bytes: each would be a request of its own.
  { name: "icons", test: /node_modules[\\/]lucide-react[\\/]/, minShareCount: 2 },
  { name: "supabase", test: /node_modules[\\/]@supabase[\\/]/ },
  // The rest of what first pages share, in a few files instead of fifty: each costs a phone a request and a compilation.
  { name: sharedByFirstPages, includeDependenciesRecursively: false },
];

export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, process.cwd(), "VITE_");
  return {
    plugins: [react(), tailwindcss(), contentSecurityPolicy(env.VITE_SUPABASE_URL), versionFile(), firstFrame()],
    resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
    server: {
      host: "127.0.0.1",
      port,
      strictPort: true,
      // The app's own files and nothing else: the folder also holds the stack's data, with its keys.
      fs: { strict: true, allow: ["index.html", "src", "public", "node_modules"] },
      cors: false,
      // Ready before the first page asks: what a page loads later would otherwise be bundled then, and the page loaded twice.
      warmup: { clientFiles: ["./src/app/main.tsx", "./src/features/*/pages/*.tsx"] },
    },
    optimizeDeps: { entries: ["./index.html", "./src/**/*.tsx"] },
    preview: { host: "127.0.0.1", port, strictPort: true },
    // The manifest feeds the size budget. Source maps stay out of what is deployed.
    build: {
      manifest: true,
      sourcemap: false,
      target: "es2023",
      rolldownOptions: { output: { codeSplitting: { groups: lastingChunks } } },
    },
  };
});

/** The built page runs nothing but its own files and talks to nobody but its own backend. */
function contentSecurityPolicy(supabaseUrl: string | undefined): Plugin {
  const backend = supabaseUrl && URL.canParse(supabaseUrl) ? new URL(supabaseUrl) : null;
  const connect = backend
    ? `'self' ${backend.origin} ${backend.protocol === "https:" ? "wss" : "ws"}://${backend.host}`
    : "'self'";
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    `img-src 'self' data:${backend ? ` ${backend.origin}` : ""}`,
    `connect-src ${connect}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join("; ");
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: policy }, injectTo: "head-prepend" },
      // The first answer of the backend is what a signed-in person waits for.
      ...(backend
        ? [
            {
              tag: "link",
              attrs: { rel: "preconnect", href: backend.origin, crossorigin: "" },
              injectTo: "head" as const,
            },
          ]
        : []),
    ],
  };
}

/** Names the build in the page and in a file beside it, so that a page that is open can see that a newer one is in place. */
function versionFile(): Plugin {
  // Every name of a built file carries a digest of what is in it: the same app twice is the same version.
  const versionOf = (files: string[]) =>
    createHash("sha256")
      .update(
        files
          .filter((file) => /\.(?:js|css)$/.test(file))
          .sort()
          .join(),
      )
      .digest("hex")
      .slice(0, 12);
  return {
    name: "version-file",
    apply: "build",
    enforce: "post",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle = {} }) => [
        { tag: "meta", attrs: { name: "version", content: versionOf(Object.keys(bundle)) }, injectTo: "head" },
      ],
    },
    generateBundle(_options, bundle) {
      const source = JSON.stringify({ version: versionOf(Object.keys(bundle)) });
      this.emitFile({ type: "asset", fileName: "version.json", source });
    },
  };
}
