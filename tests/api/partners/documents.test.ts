// Files of partners' documents, from every side: who reads, adds and removes them, and what is refused without a trace.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  addFile,
  announce,
  BUCKET,
  contentOf,
  filesOf,
  finish,
  leavesFilesAlone,
  pdf,
} from "../../support/document-files.ts";
import { addDocument, type DocumentPlace } from "../../support/document-world.ts";
import { openOwner } from "../../support/owner.ts";
import { stack } from "../../support/stack.ts";
import { buildWorld, type Persona, persona, type World } from "../../support/world.ts";

const owner = openOwner();
const { ask } = owner;
let world: World;
let manager: Persona;
let foreigner: Persona;
let document: DocumentPlace;
let path: string;
beforeAll(async () => {
  world = await buildWorld(ask);
  manager = persona(world, "partnership_manager");
  foreigner = persona(world, "foreign admin");
  document = await addDocument(ask, world.organizations.a, "Agreement");
  path = await addFile(manager, document, "first");
});
afterAll(() => owner.close());

const newDocument = (owner: string | null = null) => addDocument(ask, world.organizations.a, "Another", owner);
const rowOf = async (of: string) => {
  const [row] = await ask("select * from public.partner_document_versions where storage_path = $1", [of]);
  return row;
};
const isStored = async (name: string) =>
  (await ask("select from storage.objects where bucket_id = $1 and name = $2", [BUCKET, name])).length === 1;

describe("a file", () => {
  test("that was uploaded is the document's newest version, and everybody who may read documents opens it", async () => {
    const place = await newDocument();
    const first = await addFile(manager, place, "one");
    const second = await addFile(manager, place, "two, and a little longer");
    expect(await rowOf(first)).toMatchObject({ number: "1", uploaded_by: manager.id, source: "staff" });
    expect(await rowOf(second)).toMatchObject({ number: "2", size_bytes: "33", mime_type: "application/pdf" });
    const [row] = await ask("select current_version from public.partner_documents where id = $1", [place.document]);
    expect(row).toEqual({ current_version: "2" });
    for (const label of ["vp", "sales_rep", "data_team", "in both", "staff with access"])
      expect(await contentOf(persona(world, label), second), label).toBe("%PDF-1.7\ntwo, and a little longer");
    const events = await ask("select kind from public.partner_activity_log where subject_id = $1 order by id", [
      place.document,
    ]);
    expect(events.map(({ kind }) => kind)).toEqual(["document_added", "document_replaced"]);
  });

  test("is finished once, however often that is said, and not before it is there", async () => {
    const place = await newDocument();
    const { data: announced } = await announce(manager, place);
    expect((await finish(manager, place, announced)).error?.code).toBe("PW064");
    await filesOf(manager).upload(announced, pdf("late"));
    const answers = await Promise.all(Array.from({ length: 5 }, () => finish(manager, place, announced)));
    expect(answers.map(({ data, error }) => error ?? data)).toEqual([1, 1, 1, 1, 1]);
    expect(await rowOf(announced)).toMatchObject({ size_bytes: "13" });
  });

  test("gets a number of its own, also when ten come at once", async () => {
    const place = await newDocument();
    const answers = await Promise.all(Array.from({ length: 10 }, () => announce(manager, place)));
    expect(answers.filter(({ error }) => error)).toEqual([]);
    const rows = await ask<{ number: string }>(
      "select number from public.partner_document_versions where document_id = $1 order by number",
      [place.document],
    );
    expect(rows.map(({ number }) => Number(number))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test.each([
    ["a page", { file_name: "page.html" }, "file_name"],
    ["a drawing with script", { file_name: "logo.SVG " }, "file_name"],
    ["a program", { file_name: "run.exe" }, "file_name"],
    ["a path", { file_name: "../../other.pdf" }, "file_name"],
    ["a kind that is not stored", { mime_type: "text/html" }, "mime_type"],
    ["nothing", { size_bytes: 0 }, "size_bytes"],
    ["too much", { size_bytes: 52_428_801 }, "size_bytes"],
  ])("that is %s cannot be announced", async (_what, given, field) => {
    const { error } = await leavesFilesAlone(ask, world, async () => announce(manager, document, given));
    expect(error?.code).toBe("PW061");
    expect(JSON.parse(error?.details ?? "[]")).toContainEqual({ path: field, message: expect.any(String) });
  });

  test("is not taken for an archived document", async () => {
    const place = await newDocument();
    const { data: announced } = await announce(manager, place);
    await ask("update public.partner_documents set archived_at = now() where id = $1", [place.document]);
    expect((await announce(manager, place)).error?.code).toBe("PW062");
    expect((await filesOf(manager).upload(announced, pdf("late"))).error).toMatchObject({ statusCode: "403" });
  });

  test("that is not what was announced is what it is, or is refused", async () => {
    const place = await newDocument();
    const { data: announced } = await announce(manager, place);
    for (const [type, content] of [
      ["text/html", "<h1>page</h1>"],
      ["image/svg+xml", "<svg onload='alert(1)'/>"],
      ["application/pdf", "<html>%PDF-1.7"],
      ["text/plain", "<script>alert(1)</script>"],
    ])
      expect(
        (await filesOf(manager).upload(announced, new Blob([content ?? ""], { type: type ?? "" }))).error,
        type,
      ).toMatchObject({ statusCode: "415" });
    await filesOf(manager).upload(announced, new Blob(["plain"], { type: "text/plain" }));
    await finish(manager, place, announced);
    expect(await rowOf(announced)).toMatchObject({ mime_type: "text/plain", size_bytes: "5" });
  });
});

describe("nobody adds a file", () => {
  const elsewhere = () => path.replace(/[^/]+$/, "other.pdf");

  test("where none was announced, over one that is there, or in somebody else's place", async () => {
    const { data: announced } = await announce(manager, await newDocument());
    const others = persona(world, "org_admin");
    await leavesFilesAlone(ask, world, async () => {
      for (const [who, where] of [
        [manager, elsewhere()],
        [manager, path],
        [manager, "loose.pdf"],
        [others, announced],
        [foreigner, announced],
        [persona(world, "vp"), announced],
        [persona(world, "outsider"), announced],
        [null, announced],
      ] as const) {
        const label = `${who?.label}: ${where}`;
        expect((await filesOf(who).upload(where, pdf("forged"))).error, label).toMatchObject({ statusCode: "403" });
        expect((await filesOf(who).upload(where, pdf("forged"), { upsert: true })).error, label).not.toBeNull();
        expect((await filesOf(who).update(where, pdf("forged"))).error, label).not.toBeNull();
        expect((await filesOf(who).createSignedUploadUrl(where)).error, label).not.toBeNull();
      }
      // Nor by an address for uploading, which would outlive the right.
      expect((await filesOf(manager).createSignedUploadUrl(announced)).error).not.toBeNull();
    });
    expect((await filesOf(manager).upload(announced, pdf("rightful"))).error).toBeNull();
  });

  test("an hour after it was announced, or without the right that they had then", async () => {
    const place = await newDocument();
    const { data: late } = await announce(manager, place);
    await ask(
      "update public.partner_document_versions set created_at = now() - interval '61 minutes' where storage_path = $1",
      [late],
    );
    const { data: announced } = await announce(manager, place);
    await setStatus(manager, "deactivated");
    await leavesFilesAlone(ask, world, async () => {
      for (const where of [late, announced])
        expect((await filesOf(manager).upload(where, pdf("late"))).error).toMatchObject({ statusCode: "403" });
      expect((await finish(manager, place, announced)).error?.code).toBe("42501");
      expect(await contentOf(manager, path)).toBeUndefined();
    });
    await setStatus(manager, "active");
    expect((await filesOf(manager).upload(late, pdf("late"))).error).toMatchObject({ statusCode: "403" });
    expect((await filesOf(manager).upload(announced, pdf("again"))).error).toBeNull();
  });

  test("to a document that is not their own, where they may write only those", async () => {
    const rep = persona(world, "sales_rep");
    const others = await newDocument();
    expect((await leavesFilesAlone(ask, world, async () => announce(rep, others))).error?.code).toBe("42501");
    const own = await newDocument(rep.id);
    const mine = await addFile(rep, own, "mine");
    expect((await filesOf(rep).remove([path])).data).toEqual([]);
    expect(await contentOf(rep, mine)).toBe("%PDF-1.7\nmine");
    expect((await filesOf(rep).remove([mine])).data).toHaveLength(1);
  });
});

describe("another organization", () => {
  test("neither lists, opens, signs, moves, copies nor removes a file, and cannot tell it from none", async () => {
    const random = path.replace(/^[0-9a-f]{8}/, "00000000");
    const folders = path.split("/");
    const attempts = (who: Persona | null, at: string): [string, PromiseLike<{ data: unknown; error: unknown }>][] => [
      ["download", filesOf(who).download(at)],
      ["info", filesOf(who).info(at)],
      ["sign", filesOf(who).createSignedUrl(at, 60)],
      ["sign many", filesOf(who).createSignedUrls([at], 60)],
      ["move", filesOf(who).move(at, `${world.organizations.b.id}/x.pdf`)],
      ["copy", filesOf(who).copy(at, `${world.organizations.b.id}/x.pdf`)],
      ["remove", filesOf(who).remove([at])],
    ];
    await leavesFilesAlone(ask, world, async () => {
      for (const who of [foreigner, persona(world, "outsider"), persona(world, "suspended admin"), null]) {
        const [theirs, none] = [attempts(who, path), attempts(who, random)];
        for (const [place, [what, answer]] of theirs.entries()) {
          const told = async (attempt: typeof answer | undefined, at: string) =>
            JSON.stringify(await attempt).replaceAll(at, "…");
          expect(await told(answer, path), `${who?.label}: ${what}`).toBe(await told(none[place]?.[1], random));
        }
        for (let depth = 0; depth < folders.length; depth += 1)
          expect((await filesOf(who).list(folders.slice(0, depth).join("/"))).data).toEqual([]);
        expect((await filesOf(who).listV2({ prefix: world.organizations.a.id })).data?.objects).toEqual([]);
      }
    });
    expect(await contentOf(manager, path)).toBe("%PDF-1.7\nfirst");
    expect((await filesOf(manager).list(folders.slice(0, 4).join("/"))).data).toHaveLength(1);
  });

  test("opens nothing by spelling the path in another way, with its own folder in front", async () => {
    const { apiUrl, publishableKey } = stack();
    const { data } = await filesOf(foreigner).list(world.organizations.b.id);
    expect(data).toEqual([]);
    const b = world.organizations.b.id;
    for (const spelling of [
      `${b}/..%2f${path}`,
      `${b}/%2e%2e/${path}`,
      `${b}%2f..%2f${path}`,
      `${b}/..%252f${path}`,
      path.replaceAll("/", "%2f"),
      path.toUpperCase(),
      `${path}%00`,
      `./${path}`,
    ])
      for (const way of ["", "authenticated/", "public/", "info/"]) {
        const answer = await fetch(`${apiUrl}/storage/v1/object/${way}${BUCKET}/${spelling}`, {
          headers: { apikey: publishableKey },
        });
        expect(answer.status, `${way}${spelling}`).toBeGreaterThanOrEqual(400);
        expect(await answer.text()).not.toContain("%PDF");
      }
  });

  test("does not add a version to a document, nor finishes one, and is told what of a random id", async () => {
    const { data: announced } = await announce(manager, await newDocument());
    const [foreign, unknown] = await leavesFilesAlone(ask, world, () =>
      Promise.all([
        announce(foreigner, { ...document, organization: world.organizations.b.id }),
        announce(foreigner, { ...document, organization: world.organizations.b.id, document: crypto.randomUUID() }),
      ]),
    );
    expect(foreign.error?.code).toBe("PW012");
    expect(foreign).toEqual(unknown);
    expect((await announce(foreigner, document)).error?.code).toBe("42501");
    expect((await finish(foreigner, document, announced)).error?.code).toBe("42501");
    expect(
      (await finish(foreigner, { ...document, organization: world.organizations.b.id }, announced)).error?.code,
    ).toBe("PW012");
  });
});

test("a file is neither moved nor copied, also by somebody of both organizations", async () => {
  const both = persona(world, "in both");
  const there = await addDocument(ask, world.organizations.b, "There", both.id);
  const { data: announced } = await announce(both, there);
  const { data: sibling } = await announce(both, document);
  await leavesFilesAlone(ask, world, async () => {
    for (const target of [announced, sibling, path.replace(/[^/]+$/, "renamed.pdf")]) {
      expect((await filesOf(both).copy(path, target)).error, target).toMatchObject({ statusCode: "403" });
      expect((await filesOf(both).move(path, target)).error, target).not.toBeNull();
    }
  });
  expect((await filesOf(both).upload(announced, pdf("own"))).error).toBeNull();
});

describe("a signed address", () => {
  test("is for a minute at most, and ends with the right of who asked for it", async () => {
    const reader = persona(world, "vp");
    for (const seconds of [61, 86_400])
      expect((await filesOf(reader).createSignedUrl(path, seconds)).error, String(seconds)).not.toBeNull();
    const { data } = await filesOf(reader).createSignedUrl(path, 60, { download: "Agreement.pdf" });
    const open = () => fetch(data?.signedUrl ?? "");
    const answer = await open();
    expect(answer.headers.get("content-disposition")).toContain('attachment; filename="Agreement.pdf"');
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await answer.text()).toBe("%PDF-1.7\nfirst");
    await setStatus(reader, "deactivated");
    expect((await open()).status).toBe(400);
    expect((await filesOf(reader).createSignedUrl(path, 60)).error).not.toBeNull();
    await setStatus(reader, "active");
    expect((await open()).status).toBe(200);
  });
});

describe("a document that is deleted", () => {
  test("leaves no file", async () => {
    const place = await newDocument();
    const file = await addFile(manager, place, "short-lived");
    expect((await filesOf(manager).remove([file])).error).toBeNull();
    expect(await isStored(file)).toBe(false);
    expect(await contentOf(manager, file)).toBeUndefined();
    expect((await filesOf(manager).upload(file, pdf("back"))).error).toMatchObject({ statusCode: "403" });
  });

  test("leaves none either when only its row goes: nobody opens it, and the schedule takes it away", async () => {
    const { apiUrl, secretKey } = stack();
    const place = await newDocument();
    const file = await addFile(manager, place, "forgotten");
    const { data } = await filesOf(manager).createSignedUrl(file, 60);
    await ask("delete from public.partner_documents where id = $1", [place.document]);
    expect(await contentOf(manager, file)).toBeUndefined();
    expect((await fetch(data?.signedUrl ?? "")).status).toBe(400);
    expect((await filesOf(manager).remove([file])).data).toEqual([]);
    const call = (apikey: string) =>
      fetch(`${apiUrl}/functions/v1/remove-orphaned-files`, { method: "POST", headers: { apikey } });
    expect((await call(stack().publishableKey)).status).toBe(401);
    expect((await call(secretKey)).status).toBe(200);
    expect(await isStored(file)).toBe(false);
    expect(await contentOf(manager, path)).toBe("%PDF-1.7\nfirst");
  });
});

test("a session that has ended opens no file", async () => {
  const { publishableKey, apiUrl } = stack();
  const signIn = await fetch(`${apiUrl}/auth/v1/token?grant_type=password`, {
    method: "POST",
    headers: { apikey: publishableKey, "content-type": "application/json" },
    body: JSON.stringify({ email: manager.email, password: "World-of-tests-2026" }),
  });
  const { access_token: token } = await signIn.json();
  const headers = { apikey: publishableKey, authorization: `Bearer ${token}` };
  const open = async () => (await fetch(`${apiUrl}/storage/v1/object/${BUCKET}/${path}`, { headers })).status;
  expect(await open()).toBe(200);
  await fetch(`${apiUrl}/auth/v1/logout?scope=local`, { method: "POST", headers });
  expect(await open()).toBe(400);
});

async function setStatus({ id }: Persona, status: "active" | "deactivated"): Promise<void> {
  await ask(
    `update public.memberships set status = $3, deactivated_at = case $3 when 'deactivated' then now() end
     where organization_id = $1 and user_id = $2`,
    [world.organizations.a.id, id, status],
  );
}
