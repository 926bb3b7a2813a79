import { beforeAll, describe, expect, test } from "vitest";
import { runOnPlantedTree } from "./planted-tree.ts";

const forbidden: [what: string, file: string, source: string, says: RegExp][] = [
  ["shared importing a feature", "src/shared/ui/card.tsx", "@/features/partners", /knows nothing of features/],
  [
    "shared importing the app by a relative path",
    "src/shared/lib/deep/a.ts",
    "../../../app/shell",
    /knows nothing of features/,
  ],
  [
    "a feature importing the app",
    "src/features/partners/hooks/use-shell.ts",
    "@/app/shell",
    /never imports from src\/app/,
  ],
  [
    "a feature reaching into another",
    "src/features/partners/pages/list.tsx",
    "@/features/tasks/services/task-service",
    /index\.ts only/,
  ],
  [
    "a feature climbing into another from its root",
    "src/features/partners/queries.ts",
    "../tasks/queries",
    /may not leave its feature/,
  ],
  [
    "a feature climbing into another from a folder",
    "src/features/partners/hooks/use-tasks.ts",
    "../../tasks/queries",
    /may not leave its feature/,
  ],
  [
    "a feature climbing into another from deep inside",
    "src/features/partners/components/grid/cell.tsx",
    "../../../tasks",
    /may not leave its feature/,
  ],
  ["the app reaching into a feature", "src/app/providers.tsx", "@/features/auth/hooks/use-session", /nothing deeper/],
  ["the app importing a feature by a relative path", "src/main.tsx", "./features/auth", /nothing deeper/],
  [
    "a component importing the client",
    "src/features/partners/components/row.tsx",
    "@/shared/lib/supabase",
    /touch the Supabase client/,
  ],
  [
    "a hook importing the client",
    "src/features/partners/hooks/use-partners.ts",
    "@/shared/lib/supabase-client",
    /touch the Supabase client/,
  ],
  [
    "a page importing the client's package",
    "src/features/partners/pages/page.tsx",
    "@supabase/supabase-js",
    /touch the Supabase client/,
  ],
  ["shared ui importing the client", "src/shared/ui/avatar.tsx", "../lib/supabase", /touch the Supabase client/],
  [
    "a page importing the router's package",
    "src/features/partners/pages/route.tsx",
    "react-router-dom",
    /Import the router from @\/shared/,
  ],
  [
    "the app importing the local stack",
    "src/shared/lib/stack.ts",
    "../../../supabase/local/settings.ts",
    /over HTTP only/,
  ],
  [
    "the local stack importing the app",
    "supabase/local/commands/page.ts",
    "../../../src/shared/lib/env.ts",
    /also runs where the app is not/,
  ],
  [
    "an Edge Function importing the app",
    "supabase/functions/health/row.ts",
    "../../../src/shared/types/database.types.ts",
    /also runs where/,
  ],
  [
    "an Edge Function importing the local stack",
    "supabase/functions/health/local.ts",
    "../../local/problem.ts",
    /deployed without supabase\/local/,
  ],
];

const allowed: [what: string, file: string, source: string][] = [
  ["a service importing the client", "src/features/partners/services/partner-service.ts", "@/shared/lib/supabase"],
  ["a service importing the client's types", "src/features/partners/services/types.ts", "@supabase/supabase-js"],
  ["shared lib importing the client's package", "src/shared/lib/supabase.ts", "@supabase/ssr"],
  ["the one router module importing the router", "src/shared/lib/router.ts", "react-router-dom"],
  ["a feature importing another's door", "src/features/partners/pages/own.tsx", "@/features/tasks"],
  ["a feature importing its own files", "src/features/partners/hooks/own.ts", "../queries"],
  ["a deep file importing its own feature", "src/features/partners/components/grid/own.tsx", "../../queries"],
  ["the app importing a feature's door", "src/app/shell.tsx", "@/features/auth"],
  ["the app importing a feature's page", "src/app/router.tsx", "@/features/auth/pages/sign-in"],
  ["a test importing the local stack", "tests/api/one.test.ts", "../../supabase/local/settings.ts"],
];

const waysToImport: [what: string, file: string, line: string][] = [
  ["for a type", "src/shared/lib/way-type.ts", 'export type { A } from "@/features/a";'],
  ["lazily", "src/shared/lib/way-lazy.ts", 'export const load = () => import("@/features/a");'],
  ["by exporting it again", "src/shared/lib/way-export.ts", 'export * from "@/features/a";'],
  ["for its effect", "src/shared/lib/way-effect.ts", 'import "@/features/a";'],
];

describe("the boundaries between rooms", () => {
  const found = new Map<string, string>();

  beforeAll(() => {
    const files: Record<string, string> = {
      "src/shared/lib/cycle-a.ts": 'import { b } from "./cycle-b";\nexport const a = () => b;\n',
      "src/shared/lib/cycle-b.ts": 'import { a } from "./cycle-a";\nexport const b = () => a;\n',
    };
    for (const [, file, source] of [...forbidden, ...allowed]) files[file] = `export { x } from "${source}";\n`;
    for (const [, file, line] of waysToImport) files[file] = `${line}\n`;
    const settings = ["biome.json", ".gitignore", "supabase/local/checks/boundaries.grit"];
    const { code, output } = runOnPlantedTree(settings, files, "@biomejs/biome/bin/biome", [
      "lint",
      "--reporter=github",
      "--max-diagnostics=none",
    ]);
    expect(code).not.toBe(0);
    const finding = /^::error .*?file=[^,]*?\/((?:src|supabase|tests)\/[^,]+),.*?::(.*)$/gm;
    for (const [, file = "", message = ""] of output.matchAll(finding))
      found.set(file, (found.get(file) ?? "") + message);
  });

  test.each(forbidden)("stop %s", (_what, file, _source, says) => {
    expect(found.get(file)).toMatch(says);
  });

  test.each(allowed)("let through %s", (_what, file) => {
    expect(found.get(file)).toBeUndefined();
  });

  test.each(waysToImport)("also hold for what is imported %s", (_what, file) => {
    expect(found.get(file)).toMatch(/knows nothing of features/);
  });

  test("stop an import cycle", () => {
    expect(found.get("src/shared/lib/cycle-a.ts")).toMatch(/cycle/);
  });
});
