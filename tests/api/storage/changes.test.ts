// Lists, moves, copies and removals, buckets, and names that try to be something else.
import { randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import { createClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoToken } from "../../support/clients.ts";
import { openOwner } from "../../support/owner.ts";
import { stack } from "../../support/stack.ts";

const { apiUrl, secretKey, publishableKey } = stack();
const withoutSession = { auth: { persistSession: false, autoRefreshToken: false } };
const owner = createClient(apiUrl, secretKey, withoutSession);
const anonymous = createClient(apiUrl, publishableKey, withoutSession);
const member = createClient(apiUrl, publishableKey, {
  ...withoutSession,
  accessToken: () => demoToken("admin@northwind.test"),
});
const database = openOwner();
const bucket = `tests-${randomUUID().slice(0, 8)}`;
const files = owner.storage.from(bucket);
const text = (content: string) => new Blob([content], { type: "text/plain" });

beforeAll(async () => {
  await owner.storage.createBucket(bucket, { public: false });
  for (const path of ["b.txt", "a.txt", "folder/one.txt", "folder/two.txt", "folder/deep/three.txt", "other/four.txt"])
    await files.upload(path, text(path));
});
afterAll(async () => {
  await owner.storage.emptyBucket(bucket);
  await owner.storage.deleteBucket(bucket);
  await database.close();
});

describe("lists", () => {
  test("go folder by folder", async () => {
    const { data } = await files.list();
    expect(data?.map(({ name, id }) => [name, id !== null])).toEqual([
      ["a.txt", true],
      ["b.txt", true],
      ["folder", false],
      ["other", false],
    ]);
    const inside = await files.list("folder");
    expect(inside.data?.map(({ name }) => name)).toEqual(["deep", "one.txt", "two.txt"]);
    expect(inside.data?.[1]).toMatchObject({ metadata: { size: 14, mimetype: "text/plain" } });
  });

  test("page, sort and search", async () => {
    const names = async (options: Parameters<typeof files.list>[1]) =>
      (await files.list("folder", options)).data?.map(({ name }) => name);
    expect(await names({ limit: 1, offset: 1 })).toEqual(["one.txt"]);
    expect(await names({ sortBy: { column: "name", order: "desc" } })).toEqual(["two.txt", "one.txt", "deep"]);
    expect(await names({ sortBy: { column: "created_at", order: "desc" } })).toEqual(["deep", "two.txt", "one.txt"]);
    expect(await names({ search: "TW" })).toEqual(["two.txt"]);
    const odd = await files.list("", { sortBy: { column: "name; drop table storage.objects", order: "asc" } });
    expect(odd.error).toMatchObject({ statusCode: "400" });
    expect((await files.list("%")).data).toEqual([]);
  });

  test("of the second kind follow a cursor to the end", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { data, error } = await files.listV2({ limit: 2, with_delimiter: true, ...(cursor && { cursor }) });
      expect(error).toBeNull();
      seen.push(
        ...(data?.folders.map(({ key }) => key ?? "") ?? []),
        ...(data?.objects.map(({ key }) => key ?? "") ?? []),
      );
      cursor = data?.nextCursor;
    } while (cursor);
    expect(seen.sort()).toEqual(["a.txt", "b.txt", "folder/", "other/"]);
    const all = await files.listV2({ prefix: "folder/" });
    expect(all.data?.objects.map(({ name }) => name)).toEqual([
      "folder/deep/three.txt",
      "folder/one.txt",
      "folder/two.txt",
    ]);
  });
});

describe("changes", () => {
  test("a move keeps the content, a copy doubles it, neither overwrites", async () => {
    await files.upload("move/from.txt", text("moved"));
    expect((await files.move("move/from.txt", "move/to.txt")).data).toEqual({ message: "Successfully moved" });
    expect((await files.exists("move/from.txt")).data).toBe(false);
    expect((await files.copy("move/to.txt", "move/copy.txt")).data).toEqual({ path: `${bucket}/move/copy.txt` });
    await files.remove(["move/to.txt"]);
    expect(await (await files.download("move/copy.txt")).data?.text()).toBe("moved");
    expect((await files.copy("a.txt", "move/copy.txt")).error).toMatchObject({ statusCode: "409" });
    expect((await files.move("a.txt", "move/copy.txt")).error).toMatchObject({ statusCode: "409" });
    expect((await files.move("none.txt", "move/x.txt")).error).toMatchObject({ statusCode: "404" });
    expect((await files.copy("none.txt", "move/x.txt")).error).toMatchObject({ statusCode: "404" });
  });

  test("what is removed is told, and gone", async () => {
    await files.upload("gone.txt", text("gone"));
    const { data } = await files.remove(["gone.txt", "never.txt"]);
    expect(data?.map(({ name }) => name)).toEqual(["gone.txt"]);
    expect((await files.download("gone.txt")).error).not.toBeNull();
    expect((await files.exists("gone.txt")).data).toBe(false);
  });

  test("nothing is removed by SQL", async () => {
    await expect(database.ask("delete from storage.objects where bucket_id = $1", [bucket])).rejects.toThrow(
      "Use the Storage API instead",
    );
    expect((await files.list()).data).not.toEqual([]);
  });
});

describe("buckets", () => {
  test("are made, changed, emptied and removed with the secret key", async () => {
    const id = `${bucket}-more`;
    expect((await owner.storage.createBucket(id, { public: true })).data).toMatchObject({ name: id });
    expect((await owner.storage.createBucket(id, { public: true })).error).toMatchObject({ statusCode: "409" });
    await owner.storage.from(id).upload("open.txt", text("open"));
    const { data } = owner.storage.from(id).getPublicUrl("open.txt");
    expect(await (await fetch(data.publicUrl)).text()).toBe("open");
    await owner.storage.updateBucket(id, { public: false, fileSizeLimit: 10, allowedMimeTypes: ["image/png"] });
    expect((await fetch(data.publicUrl)).status).toBe(400);
    expect((await owner.storage.getBucket(id)).data).toMatchObject({
      public: false,
      file_size_limit: 10,
      allowed_mime_types: ["image/png"],
    });
    expect((await owner.storage.listBuckets({ search: "more" })).data?.map((each) => each.id)).toContain(id);
    expect((await owner.storage.deleteBucket(id)).error).toMatchObject({ statusCode: "409" });
    expect((await owner.storage.emptyBucket(id)).error).toBeNull();
    expect((await owner.storage.deleteBucket(id)).error).toBeNull();
    expect((await owner.storage.getBucket(id)).error).toMatchObject({ statusCode: "404" });
  });

  test("are nobody else's business", async () => {
    for (const client of [anonymous, member]) {
      expect((await client.storage.createBucket("mine", { public: true })).error).toMatchObject({ statusCode: "403" });
      expect((await client.storage.listBuckets()).data).toEqual([]);
      for (const attempt of [
        client.storage.getBucket(bucket),
        client.storage.updateBucket(bucket, { public: true }),
        client.storage.emptyBucket(bucket),
        client.storage.deleteBucket(bucket),
      ])
        expect((await attempt).error).toMatchObject({ statusCode: "404" });
      expect((await client.storage.from(bucket).list()).data).toEqual([]);
      expect((await client.storage.from(bucket).download("a.txt")).error).not.toBeNull();
      expect((await client.storage.from(bucket).upload("mine.txt", text("x"))).error).toMatchObject({
        statusCode: "403",
      });
      expect((await client.storage.from(bucket).remove(["a.txt"])).data).toEqual([]);
      expect((await client.storage.from(bucket).move("a.txt", "c.txt")).error).not.toBeNull();
      expect((await client.storage.from(bucket).copy("a.txt", "c.txt")).error).not.toBeNull();
      expect((await client.storage.from(bucket).createSignedUrl("a.txt", 10)).error).not.toBeNull();
      expect((await client.storage.from(bucket).createSignedUploadUrl("c.txt")).error).not.toBeNull();
    }
    expect(await (await files.download("a.txt")).data?.text()).toBe("a.txt");
    expect((await files.exists("c.txt")).data).toBe(false);
  });
});

describe("names and tokens", () => {
  /** Sent as it is: fetch would tidy the path up. */
  const raw = (path: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const { hostname, port } = new URL(apiUrl);
      httpRequest({ hostname, port, path, headers: { apikey: secretKey, ...headers } }, (answer) => {
        let body = "";
        answer.on("data", (chunk) => {
          body += chunk;
        });
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body }));
      })
        .on("error", reject)
        .end();
    });

  test("no spelling leads out of a bucket or to a file of the disk", async () => {
    const at = `/storage/v1/object/${bucket}`;
    for (const path of [
      `${at}/../../../etc/passwd`,
      `${at}/%2e%2e/%2e%2e/etc/passwd`,
      `${at}/..%2f..%2fsecrets.json`,
      `${at}/%252e%252e%252fsecrets.json`,
      `${at}/folder%5c..%5ca.txt`,
      `${at}/a.txt%00.png`,
      `${at}/%c0%ae%c0%ae/a.txt`,
      `${at}//a.txt`,
      `${at}/folder/./../a.txt%20`,
      `/storage/v1/object/%2e%2e%2f${bucket}/a.txt`,
      `/storage/v1/object/${bucket}%2fa.txt`,
    ]) {
      const answer = await raw(path);
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
      expect(answer.status, path).toBeLessThan(500);
      expect(answer.body, path).not.toContain("root:");
    }
    for (const key of ["../a.txt", "a/../b.txt", "a\\b.txt", "a\u0000.txt", "a%2fb.txt", "x".repeat(1100)])
      expect((await files.move("a.txt", key)).error, key).toMatchObject({ statusCode: "400" });
    expect((await files.upload("ü.txt", text("x"))).error).toMatchObject({ statusCode: "400", code: "InvalidKey" });
    expect((await files.exists("a.txt")).data).toBe(true);
  });

  test("a token that is none, or for another role, opens nothing", async () => {
    const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from('{"role":"service_role"}').toString("base64url")}.`;
    for (const bearer of ["x", "a.b.c", none]) {
      const answer = await raw(`/storage/v1/object/${bucket}/a.txt`, { authorization: `Bearer ${bearer}` });
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ statusCode: "403", error: "Unauthorized" });
    }
    expect((await raw(`/storage/v1/object/${bucket}/a.txt`, { apikey: "sb_secret_guess" })).status).toBe(401);
  });

  test("bodies that are none, too long or full of odd signs get an answer that says so", async () => {
    const send = (body: string, path = `object/list/${bucket}`) =>
      fetch(`${apiUrl}/storage/v1/${path}`, {
        method: "POST",
        headers: { apikey: secretKey, "content-type": "application/json" },
        body,
      });
    for (const body of [
      "{",
      "[1",
      "7",
      '{"prefix": 7}',
      '{"prefix": "\\u0000"}',
      '{"limit": -1}',
      `{"prefix": "${"x".repeat(2 ** 20)}"}`,
    ]) {
      const answer = await send(body);
      expect([answer.status, Object.keys(await answer.json())], body.slice(0, 40)).toEqual([
        400,
        ["statusCode", "code", "error", "message"],
      ]);
    }
    expect((await send('{"search": "\\ud800"}')).status).toBeLessThan(500);
    expect((await send('{"name": "a/b"}', "bucket")).status).toBe(400);
  });

  test("what is not offered says so", async () => {
    const { error } = await files.createSignedUrl("a.txt", 60, { transform: { width: 10 } });
    expect(error).toMatchObject({ code: "FeatureNotEnabled" });
    expect((await files.download("a.txt", { transform: { width: 10 } })).error).toMatchObject({
      code: "FeatureNotEnabled",
    });
    expect((await owner.storage.getBucketLifecycle(bucket)).error).toMatchObject({ code: "FeatureNotEnabled" });
  });
});
