// The embedded Realtime server with a browser's own websocket, in both versions of the protocol: supabase-js without the app.
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { projectRoot } from "../../supabase/local/settings.ts";
import { tokenOf } from "../support/clients.ts";
import { createTestTopics, sendFromDatabase } from "../support/live.ts";
import { createPerson } from "../support/new-person.ts";
import { openOwner } from "../support/owner.ts";
import { stack } from "../support/stack.ts";
import { expect, test } from "./fixtures.ts";

const bundle = join(projectRoot, "node_modules/@supabase/supabase-js/dist/umd/supabase.js");

interface Channel {
  on(kind: "broadcast", filter: { event: "*" }, heard: (message: { event: string; payload: unknown }) => void): Channel;
  subscribe(told: (state: string, error?: Error) => void): Channel;
  send(message: unknown): Promise<string>;
}

declare global {
  interface Window {
    supabase: {
      createClient(
        url: string,
        key: string,
        options: unknown,
      ): { realtime: { setAuth(): Promise<void> }; channel(topic: string, options: unknown): Channel };
    };
    channel: Channel;
    heard: unknown[];
  }
}

/** Joins in the page, and gives back what the channel was told: SUBSCRIBED, or why not. */
async function joinIn(page: Page, topic: string, token: string, vsn: string): Promise<string> {
  const { apiUrl, publishableKey } = stack();
  // Any document of this machine that has no policy about scripts: browsers let no invented page reach a local address.
  await page.goto(`${apiUrl}/auth/v1/.well-known/jwks.json`);
  await page.addScriptTag({ path: bundle });
  return page.evaluate(
    async ({ apiUrl, publishableKey, topic, token, vsn }) => {
      const client = window.supabase.createClient(apiUrl, publishableKey, {
        accessToken: async () => token,
        realtime: { vsn },
      });
      await client.realtime.setAuth();
      window.heard = [];
      window.channel = client.channel(topic, { config: { private: true, broadcast: { ack: true, self: true } } });
      window.channel.on("broadcast", { event: "*" }, ({ event, payload }) => window.heard.push([event, payload]));
      return new Promise<string>((resolve) => {
        window.channel.subscribe((state, error) => resolve(error?.message ?? state));
      });
    },
    { apiUrl, publishableKey, topic, token, vsn },
  );
}

for (const vsn of ["1.0.0", "2.0.0"])
  test(`a browser hears the database and sends in protocol ${vsn}, where the policies let it`, async ({ page }) => {
    const owner = openOwner();
    const topics = await createTestTopics(owner.ask);
    try {
      const token = await tokenOf(await createPerson());
      expect(await joinIn(page, "org:somebody-else", token, vsn)).toContain("Unauthorized");
      expect(await joinIn(page, `${topics.open}browser`, token, vsn)).toBe("SUBSCRIBED");
      await sendFromDatabase(owner.ask, `${topics.open}browser`, { id: "given", text: "grüße" });
      const said = { type: "broadcast", event: "said", payload: { text: "from the browser" } };
      await expect.poll(() => page.evaluate(() => window.heard)).toEqual([["changes", { id: "given", text: "grüße" }]]);
      expect(await page.evaluate((message) => window.channel.send(message), said)).toBe("ok");
      await expect.poll(() => page.evaluate(() => window.heard[1])).toEqual(["said", said.payload]);
    } finally {
      await topics.remove();
      await owner.close();
    }
  });
