// What Lighthouse says of the app as it is deployed, where its word does not depend on how busy this machine is. How quick the pages
// are, `npm run bench -- pages` measures.
import { freePorts } from "../../supabase/local/with-stack.ts";
import { withBuiltApp } from "../support/built-app.ts";
import { shortcomings, withLighthouse } from "../support/lighthouse.ts";
import { stack } from "../support/stack.ts";
import { expect, test } from "./fixtures.ts";

const categories = ["accessibility", "best-practices"];

test("Lighthouse finds nothing to say against sign-in and the members", async ({ browserName: _ }, { project }) => {
  test.skip(project.name !== "phone", "Lighthouse looks at the phone's page.");
  test.setTimeout(120_000);
  const [port = 0] = await freePorts(1);
  const app = `http://localhost:${port}`;
  await withBuiltApp(stack(), port, () =>
    withLighthouse(async (browser) => {
      await check(`${app}/sign-in`);
      await browser.signIn(app);
      await check(`${app}/admin/members`);

      async function check(url: string) {
        const result = await browser.visit(url, { onlyCategories: categories, throttlingMethod: "provided" });
        for (const category of categories)
          expect(result.categories[category]?.score, `${url}: ${shortcomings([result], category)}`).toBe(1);
      }
    }),
  );
});
