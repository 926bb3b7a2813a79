// Each check shown once to fail when it should, on planted files under this project's own settings. The checks that need a
// database are proved in tests/api/database, the boundaries in boundaries.test.ts.
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { measureBundle } from "../../../tests/load/bundle-budget.ts";
import { checkFunctions } from "../functions/check.ts";
import { runOnPlantedTree } from "./planted-tree.ts";
import { lintMigrations } from "./sql-lint.ts";

describe("the type check", () => {
  const settings = ["tsconfig.base.json", "tsconfig.app.json", "tsconfig.node.json"];
  const check = (project: string, file: string, text: string) =>
    runOnPlantedTree(settings, { [file]: text }, "typescript/bin/tsc", ["-p", project]);

  test.each([
    ["a wrong type in the app", "tsconfig.app.json", "src/a.tsx", 'export const a: number = "text";', /TS2322/],
    [
      "a wrong type in the tools",
      "tsconfig.node.json",
      "supabase/local/a.ts",
      'export const a: number = "text";',
      /TS2322/,
    ],
    [
      "a wrong type in a test",
      "tsconfig.node.json",
      "tests/api/a.test.ts",
      'export const a: number = "text";',
      /TS2322/,
    ],
    [
      "an element that may be missing",
      "tsconfig.app.json",
      "src/a.ts",
      "export const a = (list: string[]): string => list[0];",
      /TS2322/,
    ],
    [
      "undefined where a property may only be left out",
      "tsconfig.app.json",
      "src/a.ts",
      "export const a: { b?: string } = { b: undefined };",
      /TS2375/,
    ],
    ["syntax that Node cannot strip", "tsconfig.node.json", "supabase/local/a.ts", "export enum A { B }", /TS1294/],
  ])("finds %s", (_what, project, file, text, says) => {
    const { code, output } = check(project, file, text);
    expect(code).not.toBe(0);
    expect(output).toMatch(says);
  });

  test("lets what is right pass", () => {
    expect(check("tsconfig.node.json", "supabase/local/a.ts", "export const a: number = 1;")).toEqual({
      code: 0,
      output: "",
    });
  });
});

describe("lint and format", () => {
  const settings = ["biome.json", ".gitignore", "supabase/local/checks/boundaries.grit"];
  const check = (file: string, text: string) =>
    runOnPlantedTree(settings, { [file]: text }, "@biomejs/biome/bin/biome", ["ci", "--error-on-warnings"]);

  test.each([
    ["any", "src/a.ts", "export const a = (b: any) => b;\n", /noExplicitAny/],
    ["an import that nothing uses", "src/a.ts", 'import { b } from "./b";\n\nexport const a = 1;\n', /noUnusedImports/],
    ["a variable that nothing uses", "src/a.ts", "export function a() {\n  const b = 1;\n}\n", /noUnusedVariables/],
    [
      "an effect that forgets what it depends on",
      "src/a.ts",
      'import { useEffect } from "react";\n\nexport function useA(b: string) {\n  useEffect(() => console.log(b), []);\n}\n',
      /useExhaustiveDependencies/,
    ],
    ["a type imported as a value", "src/a.ts", 'import { B } from "./b";\n\nexport const a: B = 1;\n', /useImportType/],
    ["a picture without words", "src/a.tsx", 'export const A = () => <img src="a.png" />;\n', /useAltText/],
    ["another layout of the same code", "src/a.ts", "export const a = {b:1}\n", /format/i],
  ])("find %s", (_what, file, text, says) => {
    const { code, output } = check(file, text);
    expect(code).not.toBe(0);
    expect(output).toMatch(says);
  });

  test("let what is right pass", () => {
    expect(check("src/a.ts", "export const a = { b: 1 };\n").code).toBe(0);
  });
});

describe("the check for dead code", () => {
  const check = (files: Record<string, string>) =>
    runOnPlantedTree(
      ["package.json", "knip.json", "tsconfig.base.json", "tsconfig.json", "tsconfig.app.json", "tsconfig.node.json"],
      files,
      "knip/bin/knip.js",
      ["--include=files,exports,types,unlisted"],
    );
  const main = 'import { used } from "./parts.ts";\n\nused();\n';

  test.each([
    [
      "an export that nothing imports",
      { "supabase/local/parts.ts": "export const used = () => 1;\nexport const planted = 2;\n" },
      /Unused exports[\s\S]*planted/,
    ],
    [
      "a type that nothing imports",
      { "supabase/local/parts.ts": "export const used = () => 1;\nexport type Planted = 2;\n" },
      /Unused exported types[\s\S]*Planted/,
    ],
    [
      "a file that nothing imports",
      {
        "supabase/local/parts.ts": "export const used = () => 1;\n",
        "src/shared/ui/planted.tsx": "export const planted = 1;\n",
      },
      /Unused files[\s\S]*planted\.tsx/,
    ],
    [
      "a package that package.json does not name",
      { "supabase/local/parts.ts": 'import "left-pad";\n\nexport const used = () => 1;\n' },
      /Unlisted dependencies[\s\S]*left-pad/,
    ],
  ])("finds %s", (_what, files, says) => {
    const { code, output } = check({ "supabase/local/main.ts": main, ...files });
    expect(code).not.toBe(0);
    expect(output).toMatch(says);
  });

  test("lets what is used pass", () => {
    const { code, output } = check({
      "supabase/local/main.ts": main,
      "supabase/local/parts.ts": "export const used = () => 1;\n",
    });
    expect({ code, output: output.trim() }).toMatchObject({ code: 0 });
  });
});

describe("with files in a folder of their own", () => {
  let folder: string;
  const plant = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "partner-workspace-proofs-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ["a column that old code does not fill", "alter table public.a add b text not null;", /adding-required-field/],
    [
      "a foreign key that is checked under a lock",
      "alter table public.a add constraint a_b_fkey foreign key (b) references public.b (id) on delete cascade;",
      /adding-foreign-key-constraint/,
    ],
    ["a table that others may still use", "drop table public.a;", /ban-drop-table/],
    ["a number that runs out", "create table public.a (id integer);", /prefer-bigint-over-int/],
    ["a time without a zone", "create table public.a (at timestamp);", /prefer-timestamp-tz/],
  ])("the SQL lint finds %s", async (_what, sql, says) => {
    plant("1_a.sql", `set local lock_timeout = '5s';\n${sql}\n`);
    const { ok, output } = await lintMigrations(folder);
    expect(ok).toBe(false);
    expect(output).toMatch(says);
  });

  test("the SQL lint finds a migration that could wait for a lock for ever", async () => {
    plant("1_a.sql", "alter table public.a add b text;\n");
    expect((await lintMigrations(folder)).output).toMatch(/require-lock-timeout/);
  });

  test("the SQL lint lets what is right pass", async () => {
    plant(
      "1_a.sql",
      "set local lock_timeout = '5s';\ncreate table public.a (id bigint primary key, at timestamptz);\n",
    );
    expect(await lintMigrations(folder)).toMatchObject({ ok: true });
  });

  test("the check of Edge Functions finds a wrong type", async () => {
    plant("right/deno.json", "{}");
    plant("right/index.ts", "Deno.serve(() => new Response());\n");
    expect(await checkFunctions(folder)).toMatchObject({ ok: true });
    plant("wrong/deno.json", "{}");
    plant("wrong/index.ts", 'const a: number = "text";\nDeno.serve(() => new Response(String(a)));\n');
    const { ok, output } = await checkFunctions(folder);
    expect(ok).toBe(false);
    expect(output).toMatch(/wrong:\n[\s\S]*TS2322/);
  });

  test("the size budget finds a page that downloads too much, through what its chunk imports", async () => {
    const page = { file: "page.js", imports: ["vendor"] };
    const manifest = {
      "index.html": { file: "index.js" },
      "src/features/auth/pages/sign-in-page.tsx": page,
      "src/app/shell/shell.tsx": page,
      "src/app/home/home-page.tsx": page,
      vendor: { file: "vendor.js" },
    };
    plant(".vite/manifest.json", JSON.stringify(manifest));
    for (const file of ["index.js", "page.js", "vendor.js"]) plant(file, "export {};");
    for (const { kilobytes, limit } of await measureBundle(folder)) expect(kilobytes).toBeLessThan(limit);
    plant("vendor.js", randomBytes(300 * 1024));
    for (const { kilobytes, limit } of await measureBundle(folder)) expect(kilobytes).toBeGreaterThan(limit);
  });
});
