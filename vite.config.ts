import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv, type Plugin } from "vite";

const port = Number(process.env.APP_PORT ?? 5173);

// What every page needs and no release of ours changes stays in the browser's cache from one release to the next.
const lastingChunks = [
  { name: "react", test: /node_modules[\\/](?:react|react-dom|react-router|react-router-dom|scheduler)[\\/]/ },
  // One file instead of thirty of a few hundred bytes: each would be a request of its own.
  { name: "icons", test: /node_modules[\\/]lucide-react[\\/]/, minShareCount: 2 },
  { name: "supabase", test: /node_modules[\\/]@supabase[\\/]/ },
];

export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, process.cwd(), "VITE_");
  return {
    plugins: [react(), tailwindcss(), contentSecurityPolicy(env.VITE_SUPABASE_URL), versionFile(), firstFiles()],
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

/** What is drawn first besides the app's own code: for whoever is to sign in, and for whoever is signed in. */
const firstDrawn = {
  "first-files-outside": ["src/features/auth/pages/sign-in-page.tsx"],
  "first-files-inside": ["src/app/shell/shell.tsx", "src/app/guarded-page.tsx", "src/app/rights.ts"],
};

/** Writes the names of those files into the page, where public/preload.js finds them. */
function firstFiles(): Plugin {
  return {
    name: "first-files",
    apply: "build",
    enforce: "post",
    transformIndexHtml: {
      order: "post",
      handler: (html, { bundle = {} }) => {
        const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
        return Object.entries(firstDrawn).map(([name, sources]) => {
          const files = new Set<string>();
          const add = (file: string) => {
            if (files.has(file)) return;
            files.add(file);
            for (const imported of chunks.find(({ fileName }) => fileName === file)?.imports ?? []) add(imported);
          };
          for (const source of sources) {
            const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/${source}`));
            if (!chunk) throw new Error(`${source} is drawn first, but the build has no file of its own for it.`);
            add(chunk.fileName);
          }
          // What the page names already is on its way.
          const wanted = [...files].filter((file) => !html.includes(file)).map((file) => `/${file}`);
          return { tag: "meta", attrs: { name, content: wanted.join(" ") }, injectTo: "head-prepend" };
        });
      },
    },
  };
}
