import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { checkFunctions } from "../../../supabase/local/functions/check.ts";
import { projectRoot } from "../../../supabase/local/settings.ts";

it("the product's functions have no type errors", async () => {
  expect(await checkFunctions(join(projectRoot, "supabase/functions"))).toEqual({
    ok: true,
    output: expect.any(String),
  });
  // One after the other, and each function is one more.
}, 120_000);

it("a type error is found, also against the types of a package, and said with its place", async () => {
  const root = mkdtempSync(join(tmpdir(), "functions-check-"));
  const functionsDir = join(root, "supabase/functions");
  symlinkSync(join(projectRoot, "node_modules"), join(root, "node_modules"), "junction");
  const define = (name: string, source: string) => {
    mkdirSync(join(functionsDir, name), { recursive: true });
    const imports = { "date-fns": "npm:date-fns@4.4.0" };
    writeFileSync(join(functionsDir, name, "deno.json"), JSON.stringify({ imports }));
    writeFileSync(join(functionsDir, name, "index.ts"), source);
  };
  define("right", `import { addDays } from "date-fns"; Deno.serve(() => new Response(String(addDays(0, 1))));`);
  expect(await checkFunctions(functionsDir)).toEqual({ ok: true, output: "right: types are right" });
  define("wrong", `import { addDays } from "date-fns"; Deno.serve(() => new Response(addDays(0, "1")));`);
  const { ok, output } = await checkFunctions(functionsDir);
  expect(ok).toBe(false);
  expect(output).toMatch(/wrong:[\s\S]*wrong\/index\.ts:1:/);
  expect(output).toContain("right: types are right");
  rmSync(root, { recursive: true });
});
