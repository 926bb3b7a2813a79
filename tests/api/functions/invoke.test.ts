// supabase-js, as the product uses it, against functions in the real runtime.
import { request } from "node:http";
import { FunctionRegion, FunctionsFetchError } from "@supabase/supabase-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRunner, type TestRunner } from "./runner.ts";

let runner: TestRunner;
beforeAll(async () => {
  runner = await startRunner();
  runner.define(
    "mirror",
    `Deno.serve(async (request) => {
      const headers = { "content-type": request.headers.get("content-type") ?? "text/plain", "x-method": request.method };
      return new Response(request.method === "GET" ? "got" : await request.arrayBuffer(), { headers });
    });`,
  );
});
afterAll(() => runner.close());

describe("invoke", () => {
  it("sends and receives JSON", async () => {
    const { data, error } = await runner.client.invoke("mirror", { body: { greeting: "grüß dich", list: [1, null] } });
    expect(error).toBeNull();
    expect(data).toEqual({ greeting: "grüß dich", list: [1, null] });
  });

  it("sends and receives text", async () => {
    expect((await runner.client.invoke("mirror", { body: "plain words" })).data).toBe("plain words");
  });

  it("sends and receives a blob byte for byte, also a large one", async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    const parts = Array.from({ length: 40 }, () => bytes);
    const { data } = await runner.client.invoke("mirror", { body: new Blob(parts) });
    const received = new Uint8Array(await data.arrayBuffer());
    expect(received.length).toBe(2_400_000);
    expect(Buffer.from(received.subarray(-60_000)).equals(Buffer.from(bytes))).toBe(true);
  });

  it("sends and receives form data with files", async () => {
    const form = new FormData();
    form.set("name", "Northwind");
    form.set("file", new File(["a;b"], "table.csv", { type: "text/csv" }));
    const { data } = await runner.client.invoke("mirror", { body: form });
    expect(data.get("name")).toBe("Northwind");
    expect(await data.get("file").text()).toBe("a;b");
  });

  it.each(["GET", "POST", "PUT", "PATCH", "DELETE"] as const)("uses %s", async (method) => {
    const { response, error } = await runner.client.invoke("mirror", { method });
    expect(error).toBeNull();
    expect(response?.headers.get("x-method")).toBe(method);
  });

  it.each(["DELETE", "PATCH", "POST"])(
    "sends a %s's body of unknown length, and the connection stays in order",
    async (method) => {
      for (const word of ["first", "second"]) {
        const body = new Blob([word]).stream();
        const response = await runner.call("mirror", { method, body, duplex: "half" } as RequestInit);
        expect(await response.text()).toBe(word);
      }
    },
  );

  it("takes a region, and says where the function ran", async () => {
    runner.define(
      "where",
      `Deno.serve((request) => new Response(request.headers.get("x-region") + new URL(request.url).search));`,
    );
    const { data, response } = await runner.client.invoke("where", { region: FunctionRegion.EuCentral1 });
    expect(data).toBe("eu-central-1?forceFunctionRegion=eu-central-1");
    expect(response?.headers.get("x-sb-edge-region")).toBe("eu-central-1");
    expect(response?.headers.get("sb-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("reports a status that is not 2xx as an HTTP error with the response", async () => {
    runner.define("teapot", `Deno.serve(() => Response.json({ why: "tea" }, { status: 418 }));`);
    const { error } = await runner.client.invoke("teapot");
    expect(error.name).toBe("FunctionsHttpError");
    expect([error.context.status, await error.context.json()]).toEqual([418, { why: "tea" }]);
  });

  it("reports a process that was shot from outside as a relay error", async () => {
    runner.define("victim", `Deno.serve(() => { console.log("pid", Deno.pid); return new Promise(() => {}); });`);
    const answered = runner.client.invoke("victim");
    const pidOf = () => Number(runner.log.find((line) => line.startsWith("[victim] pid "))?.slice(13));
    await expect.poll(pidOf).toBeGreaterThan(0);
    process.kill(pidOf(), "SIGKILL");
    const { error } = await answered;
    expect(error.name).toBe("FunctionsRelayError");
    expect(error.context.status).toBe(500);
  });

  it("passes redirects, empty answers and several cookies on", async () => {
    runner.define(
      "odd",
      `Deno.serve((request) => {
        if (request.url.endsWith("/moved")) return Response.redirect("https://example.test/there", 303);
        const headers = new Headers([["set-cookie", "a=1"], ["set-cookie", "b=2"]]);
        return new Response(null, { status: 204, headers });
      });`,
    );
    const moved = await runner.call("odd/moved", { redirect: "manual" });
    expect([moved.status, moved.headers.get("location")]).toEqual([303, "https://example.test/there"]);
    const empty = await runner.call("odd");
    expect([empty.status, await empty.text(), empty.headers.getSetCookie()]).toEqual([204, "", ["a=1", "b=2"]]);
  });
});

describe("streams", () => {
  const decoder = new TextDecoder();

  it("flow both ways at once: each piece is answered before the next is sent", async () => {
    runner.define(
      "pipe",
      `Deno.serve((request) => {
        const upper = new TransformStream({ transform: (chunk, out) => out.enqueue(chunk.toUpperCase()) });
        const body = request.body.pipeThrough(new TextDecoderStream()).pipeThrough(upper);
        return new Response(body.pipeThrough(new TextEncoderStream()), { headers: { "content-type": "text/plain" } });
      });`,
    );
    const heard: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const words = ["one", "two", "three"];
      const outgoing = request(`${runner.url}/pipe`, { method: "POST", headers: runner.signedIn }, (incoming) => {
        incoming.on("data", (chunk: Buffer) => {
          heard.push(chunk.toString());
          const next = words.shift();
          if (next) outgoing.write(next);
          else outgoing.end();
        });
        incoming.on("end", resolve);
      });
      outgoing.on("error", reject);
      outgoing.write(words.shift());
    });
    expect(heard).toEqual(["ONE", "TWO", "THREE"]);
  });

  it("of events arrive one by one, unbuffered", async () => {
    runner.define(
      "events",
      `let next;
      Deno.serve((request) => {
        if (request.url.endsWith("/next")) { next(); return new Response(); }
        let count = 0;
        const body = new ReadableStream({
          start(out) { next = () => out.enqueue(new TextEncoder().encode("data: " + ++count + "\\n\\n")); next(); },
        });
        return new Response(body, { headers: { "content-type": "text/event-stream" } });
      });`,
    );
    const { data } = await runner.client.invoke("events");
    const reader = data.body.getReader();
    expect(decoder.decode((await reader.read()).value)).toBe("data: 1\n\n");
    await runner.call("events/next");
    expect(decoder.decode((await reader.read()).value)).toBe("data: 2\n\n");
    await reader.cancel();
  });

  it("of a client that leaves are cancelled in the function, before and during the answer", async () => {
    runner.define(
      "left",
      `Deno.serve((request) => {
        request.signal.addEventListener("abort", () => console.log("signal"));
        if (request.url.endsWith("/silent")) { console.log("waiting"); return new Promise(() => {}); }
        const body = new ReadableStream({
          start: (out) => out.enqueue(new Uint8Array(1)),
          cancel: () => console.log("cancelled"),
        });
        return new Response(body);
      });`,
    );
    const early = new AbortController();
    const silent = runner.client.invoke("left/silent", { signal: early.signal });
    await expect.poll(() => runner.log).toContain("[left] waiting");
    early.abort();
    expect((await silent).error).toBeInstanceOf(FunctionsFetchError);
    await expect.poll(() => runner.log).toContain("[left] signal");

    const late = new AbortController();
    const response = await runner.call("left", { signal: late.signal });
    await response.body?.getReader().read();
    late.abort();
    await expect.poll(() => runner.log).toContain("[left] cancelled");
  });

  it("end a request's abort signal untouched when all went well", async () => {
    runner.define(
      "calm",
      `Deno.serve((request) => { request.signal.addEventListener("abort", () => console.log("aborted")); return new Response("x"); });`,
    );
    await (await runner.call("calm")).text();
    await (await runner.call("calm")).text();
    expect(runner.log.filter((line) => line.startsWith("[calm]"))).toEqual([]);
  });
});
