// The Storage service as supabase-js uses it: every call of the client against a bucket of its own, made with the secret key.
import { randomBytes, randomUUID } from "node:crypto";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stack } from "../../support/stack.ts";

const { apiUrl, secretKey, publishableKey } = stack();
const withoutSession = { auth: { persistSession: false, autoRefreshToken: false } };
const owner = createClient(apiUrl, secretKey, withoutSession);
const bucket = `tests-${randomUUID().slice(0, 8)}`;
const files = (client: SupabaseClient = owner) => client.storage.from(bucket);
const text = (content: string, type = "text/plain") => new Blob([content], { type });

beforeAll(async () => {
  const { error } = await owner.storage.createBucket(bucket, {
    public: false,
    fileSizeLimit: "1MB",
    allowedMimeTypes: ["text/plain", "image/*", "application/pdf"],
  });
  expect(error).toBeNull();
});
afterAll(async () => {
  await owner.storage.emptyBucket(bucket);
  await owner.storage.deleteBucket(bucket);
});

describe("uploads", () => {
  test("take a form, bytes, a text and a stream, and give the same bytes back", async () => {
    const bytes = randomBytes(200_000);
    const bodies: [string, Parameters<ReturnType<typeof files>["upload"]>[1]][] = [
      ["form", new Blob([bytes], { type: "image/x-random" })],
      ["bytes", bytes],
      ["stream", new Blob([bytes]).stream()],
    ];
    for (const [name, body] of bodies) {
      const path = `kinds/${name}.bin`;
      const { data, error } = await files().upload(path, body, { contentType: "image/x-random" });
      expect(error, name).toBeNull();
      expect(data, name).toEqual({ id: expect.any(String), path, fullPath: `${bucket}/${path}` });
      const got = await files().download(path);
      expect(got.error, name).toBeNull();
      expect(Buffer.from((await got.data?.arrayBuffer()) ?? new ArrayBuffer()).equals(bytes), name).toBe(true);
    }
    expect((await files().upload("kinds/text.txt", "Grüße", { contentType: "text/plain" })).error).toBeNull();
    expect(await (await files().download("kinds/text.txt")).data?.text()).toBe("Grüße");
  });

  test("a form whose content looks like a boundary comes through whole", async () => {
    const content = `a\r\n--\r\n------formdata-undici-0123\r\n\r\n--b--\r\n`;
    await files().upload("boundary.txt", text(content));
    expect(await (await files().download("boundary.txt")).data?.text()).toBe(content);
  });

  test("do not overwrite unless asked to; an update needs something to update", async () => {
    await files().upload("once.txt", text("first"));
    const again = await files().upload("once.txt", text("second"));
    expect(again.error).toMatchObject({ statusCode: "409", message: "The resource already exists" });
    expect(await (await files().download("once.txt")).data?.text()).toBe("first");
    expect((await files().upload("once.txt", text("third"), { upsert: true })).error).toBeNull();
    expect(await (await files().download("once.txt")).data?.text()).toBe("third");
    expect((await files().update("once.txt", text("fourth"))).error).toBeNull();
    expect(await (await files().download("once.txt")).data?.text()).toBe("fourth");
    expect((await files().update("never.txt", text("x"))).error).toMatchObject({ statusCode: "404" });
  });

  test("keep what is said about the file", async () => {
    const metadata = { project: "tests", pages: 3 };
    await files().upload("told.txt", text("told"), { cacheControl: "60", metadata });
    const { data, error } = await files().info("told.txt");
    expect(error).toBeNull();
    expect(data).toMatchObject({ size: 4, contentType: "text/plain", cacheControl: "max-age=60", metadata });
    expect(data?.etag).toMatch(/^"[0-9a-f]{32}"$/);
    await files().upload("told-raw.txt", "told", { cacheControl: "60", metadata, contentType: "text/plain" });
    expect((await files().info("told-raw.txt")).data).toMatchObject({ cacheControl: "max-age=60", metadata });
  });

  test("obey the bucket's size and types, however they come", async () => {
    const large = randomBytes(1_000_001);
    for (const body of [new Blob([large], { type: "image/png" }), large]) {
      const { error } = await files().upload("large.png", body, { contentType: "image/png" });
      expect(error).toMatchObject({ statusCode: "413", code: "EntityTooLarge" });
    }
    for (const type of ["text/html", "image", "application/x-sh", "text/plain\u00e4"]) {
      const { error } = await files().upload("type.txt", new TextEncoder().encode("x"), { contentType: type });
      expect(error, type).not.toBeNull();
    }
    expect((await files().upload("type.txt", text("x", "text/html"))).error).toMatchObject({ statusCode: "415" });
    expect((await files().exists("large.png")).data).toBe(false);
    expect((await files().exists("type.txt")).data).toBe(false);
  });

  test("refuse content that is not what it calls itself", async () => {
    const cases: [string, string][] = [
      ["image/png", "<html><script>alert(1)</script></html>"],
      ["application/pdf", "<!doctype html><p>%PDF-1.7"],
      ["text/plain", "\ufeff <!-- --> <svg onload=alert(1)>"],
      ["text/plain", "<?xml version='1.0'?><x/>"],
      ["image/gif", "GIF89a/*<script>alert(1)</script>*/"],
    ];
    for (const [type, content] of cases)
      expect((await files().upload("odd.bin", text(content, type))).error, type).toMatchObject({ statusCode: "415" });
    expect((await files().exists("odd.bin")).data).toBe(false);
  });
});

describe("downloads", () => {
  const address = (path: string) => `${apiUrl}/storage/v1/object/${bucket}/${path}`;
  const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
    fetch(address(path), { method, headers: { apikey: secretKey, ...headers } });

  beforeAll(async () => {
    await files().upload("ten.txt", text("0123456789"));
  });

  test("come in parts when parts are asked for", async () => {
    const cases: [string, number, string, string | null][] = [
      ["bytes=2-4", 206, "234", "bytes 2-4/10"],
      ["bytes=7-", 206, "789", "bytes 7-9/10"],
      ["bytes=-3", 206, "789", "bytes 7-9/10"],
      ["bytes=5-99", 206, "56789", "bytes 5-9/10"],
      ["bytes=0-1,3-4", 200, "0123456789", null],
      ["lines=1-2", 200, "0123456789", null],
    ];
    for (const [range, status, content, said] of cases) {
      const answer = await get("ten.txt", { range });
      expect([answer.status, await answer.text(), answer.headers.get("content-range")], range).toEqual([
        status,
        content,
        said,
      ]);
    }
    expect((await get("ten.txt", { range: "bytes=10-" })).status).toBe(416);
  });

  test("are not sent again to whoever has them", async () => {
    const first = await get("ten.txt");
    const etag = first.headers.get("etag") ?? "";
    expect((await get("ten.txt", { "if-none-match": etag })).status).toBe(304);
    expect((await get("ten.txt", { "if-none-match": '"other"' })).status).toBe(200);
  });

  test("can never run as a page", async () => {
    const answer = await get("ten.txt", {}, "HEAD");
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-length": "10",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "private, no-cache",
    });
    const open = `${bucket}-open`;
    await owner.storage.createBucket(open, { public: false });
    for (const type of ["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "text/javascript"]) {
      const content = new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
      await owner.storage.from(open).upload("page", content, { contentType: type, upsert: true });
      const { data } = await owner.storage.from(open).createSignedUrl("page", 60);
      const page = await fetch(data?.signedUrl ?? "");
      expect(page.headers.get("content-disposition"), type).toMatch(/^attachment; filename="page"/);
      expect(page.headers.get("x-content-type-options"), type).toBe("nosniff");
      expect(page.headers.get("content-security-policy"), type).toContain("sandbox");
    }
    await owner.storage.emptyBucket(open);
    await owner.storage.deleteBucket(open);
  });

  test("are named as wished, and a name cannot become a header", async () => {
    const { data } = await files().createSignedUrl("ten.txt", 60, { download: 'Grüße"\r\nx: y.txt' });
    const answer = await fetch(data?.signedUrl ?? "");
    expect(answer.headers.get("x")).toBeNull();
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename="Gr__e___x_ y.txt"; filename\*=UTF-8''Gr%C3%BC%C3%9Fe/,
    );
  });
});

describe("signed addresses", () => {
  beforeAll(async () => {
    await files().upload("signed/a b.txt", text("signed"));
  });

  test("open one object, for a minute at most, for whoever has them", async () => {
    const { data, error } = await files().createSignedUrl("signed/a b.txt", 60);
    expect(error).toBeNull();
    const url = new URL(data?.signedUrl ?? "");
    expect(await (await fetch(url)).text()).toBe("signed");
    const claims = JSON.parse(Buffer.from(url.searchParams.get("token")?.split(".")[1] ?? "", "base64url").toString());
    expect(claims.exp - claims.iat).toBe(60);
    for (const seconds of [61, 3600, 0, -1, 1.5])
      expect((await files().createSignedUrl("signed/a b.txt", seconds)).error, String(seconds)).toMatchObject({
        statusCode: "400",
      });
  });

  test("open nothing else, and nothing when they are altered or over", async () => {
    const { data } = await files().createSignedUrl("signed/a b.txt", 1);
    const url = new URL(data?.signedUrl ?? "");
    const token = url.searchParams.get("token") ?? "";
    const [head, body] = token.split(".");
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    const tricks = [
      `/ten.txt?token=${token}`,
      `/signed/a%20b.txt?token=${head}.${body}.`,
      `/signed/a%20b.txt?token=${none}.${body}.`,
      "/signed/a%20b.txt?token=x",
      "/signed/a%20b.txt",
    ];
    for (const trick of tricks)
      expect((await fetch(`${apiUrl}/storage/v1/object/sign/${bucket}${trick}`)).status, trick).toBe(400);
    await expect.poll(() => fetch(url).then(({ status }) => status), { timeout: 5000 }).toBe(400);
  });

  test("of many: those that are there", async () => {
    const { data, error } = await files().createSignedUrls(["signed/a b.txt", "signed/none.txt"], 60);
    expect(error).toBeNull();
    expect(await (await fetch(data?.[0]?.signedUrl ?? "")).text()).toBe("signed");
    expect(data?.[1]).toMatchObject({ path: "signed/none.txt", signedUrl: null, error: expect.any(String) });
    expect((await files().createSignedUrl("signed/none.txt", 60)).error).toMatchObject({ statusCode: "404" });
  });

  test("take one upload, without a key, to where they were made for", async () => {
    const { data, error } = await files().createSignedUploadUrl("signed/up.txt");
    expect(error).toBeNull();
    const stranger = createClient(apiUrl, publishableKey, withoutSession);
    const token = data?.token ?? "";
    expect((await files(stranger).uploadToSignedUrl("signed/other.txt", token, text("x"))).error).not.toBeNull();
    expect((await files(stranger).uploadToSignedUrl("signed/up.txt", token, text("up"))).data).toEqual({
      path: "signed/up.txt",
      fullPath: `${bucket}/signed/up.txt`,
    });
    expect(await (await files().download("signed/up.txt")).data?.text()).toBe("up");
    expect((await files(stranger).uploadToSignedUrl("signed/up.txt", token, text("x"))).error).toMatchObject({
      statusCode: "409",
    });
  });
});
