import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Library, openLibrary, rosa } from "./fixture.ts";

// A role of this test's own: settings of the shared roles belong to the stack.
const guest = `guest_${randomBytes(4).toString("hex")}`;
let library: Library;
beforeAll(async () => {
  library = await openLibrary(`
    create role ${guest} nologin;
    grant ${guest} to :login;
    grant usage on schema public to ${guest};
    alter role ${guest} set statement_timeout = '300ms';
    alter role ${guest} set work_mem = '8MB';
    alter role ${guest} set default_transaction_isolation = 'serializable';`);
});
afterAll(async () => {
  await library?.sql(`drop owned by ${guest}; drop role ${guest}`);
  await library?.close();
});

const whoami = async (as: Parameters<Library["client"]>[0]) => (await library.client(as).rpc("whoami")).data;

describe("every request runs as its own role", () => {
  test("anon with the publishable key, service_role with the secret one, the token's role with a token", async () => {
    expect(await whoami({})).toMatchObject({ current_user: "anon", role: "anon", claims: { role: "anon" } });
    expect(await whoami({ secret: true })).toMatchObject({ current_user: "service_role" });
    expect(await whoami({ secret: true, claims: rosa })).toMatchObject({
      current_user: "authenticated",
      session_user: library.login,
      claims: rosa,
    });
  });

  test("row level security sees the token's claims", async () => {
    const names = async (as: Parameters<Library["client"]>[0]) =>
      (await library.client(as).from("readers").select("name").order("name")).data;
    expect(await names({ claims: rosa })).toEqual([{ name: "Rosa" }]);
    expect(await names({})).toEqual([]);
    expect(await names({ secret: true })).toEqual([{ name: "Rosa" }, { name: "Sam" }]);
  });

  test("what the role may not do is 401 for anon and 403 for others", async () => {
    const anon = await library.client().from("notes").select();
    expect(anon).toMatchObject({ status: 401, error: { code: "42501", message: "permission denied for table notes" } });
    expect((await library.client().from("notes").select("id")).status).toBe(200);
    const user = await library.client({ claims: rosa }).schema("back_office").from("invoices").select();
    expect(user).toMatchObject({ status: 403, error: { code: "42501" } });
  });

  test("the request itself can be seen from SQL", async () => {
    const response = await library.request("/rpc/whoami", {
      headers: { "x-probe": "seen", cookie: "a=1; crumb=sweet", prefer: "timezone=Asia/Tokyo" },
    });
    expect(response.headers.get("preference-applied")).toBe("timezone=Asia/Tokyo");
    expect(await response.json()).toMatchObject({
      method: "GET",
      path: "/rpc/whoami",
      header: "seen",
      cookie: "sweet",
      timezone: "Asia/Tokyo",
      search_path: '"public", "public", "extensions"',
      read_only: "on",
    });
  });

  test("nothing of one request is left for the next on the same connection", async () => {
    const as = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        whoami(index % 3 === 0 ? {} : index % 3 === 1 ? { secret: true } : { claims: rosa }),
      ),
    );
    const expected = ["anon", "service_role", "authenticated"];
    expect(as.map((answer) => answer.current_user)).toEqual(as.map((_, index) => expected[index % 3]));
  });
});

describe("the connection behind a request", () => {
  test("forgets what a function set for the whole session", async () => {
    await library.sql(`create function public.litter() returns void language sql volatile as $$
      select set_config('timezone', 'Asia/Tokyo', false), set_config('work_mem', '9MB', false),
        set_config('request.cookies', '{"crumb":"old"}', false), set_config('statement_timeout', '1ms', false) $$`);
    await library.sql(
      "create function public.litter_and_fail() returns void language plpgsql as $$ begin perform public.litter(); raise 'no'; end $$",
    );
    await library.sql("grant execute on all functions in schema public to anon");
    const clean = await whoami({});
    for (const name of ["litter", "litter_and_fail"]) {
      await Promise.all(Array.from({ length: 20 }, () => library.client().rpc(name)));
      const after = await Promise.all(Array.from({ length: 20 }, () => whoami({})));
      expect(after).toEqual(after.map(() => clean));
    }
  });

  test("is free again at once when the client leaves a read, while a write goes on", async () => {
    await library.sql(`create function public.doze() returns int language sql stable as
      $$ select 1 from pg_sleep(60) $$`);
    await library.sql(`create function public.note_late() returns void language plpgsql as
      $$ begin perform pg_sleep(0.5); insert into public.notes values (800, 'late'); end $$`);
    await library.sql("grant execute on all functions in schema public to service_role");
    const running = async (name: string) =>
      (
        await library.sql(
          "select pid from pg_stat_activity where datname = current_database() and state = 'active' and pid <> pg_backend_pid() and query like $1",
          [`%"${name}"%`],
        )
      ).length;
    const leave = async (name: string, requests: number) => {
      const leaving = new AbortController();
      const asked = Array.from({ length: requests }, () =>
        library.client({ secret: true }).rpc(name).abortSignal(leaving.signal),
      ).map((query) => query.then(({ error }) => error));
      await expect.poll(() => running(name)).toBe(Math.min(requests, 10));
      leaving.abort();
      await Promise.all(asked);
    };
    await leave("doze", 16);
    await expect.poll(() => running("doze")).toBe(0);
    expect((await whoami({})).current_user).toBe("anon");
    await leave("note_late", 1);
    await expect
      .poll(async () => library.sql("select body from notes where id = 800"), { timeout: 3000 })
      .toEqual([{ body: "late" }]);
  });
});

describe("settings of roles and functions", () => {
  test("a role's settings hold for its requests and for no others", async () => {
    const claims = { role: guest };
    expect(await whoami({ claims })).toMatchObject({ work_mem: "8MB", timeout: "300ms", current_user: guest });
    expect(await whoami({ secret: true })).not.toMatchObject({ work_mem: "8MB" });
  });

  test("a role's timeout ends a statement that takes longer", async () => {
    const { error, status } = await library.client({ claims: { role: guest } }).rpc("slow");
    expect(status).toBe(500);
    expect(error).toMatchObject({ code: "57014", message: "canceling statement due to statement timeout" });
  });

  test("so does a function's own", async () => {
    const { error } = await library.client({ secret: true }).rpc("slow_allowed");
    expect(error?.code).toBe("57014");
  });
});

describe("tokens that are refused", () => {
  test.each([
    ["has no three parts", "PGRST301", "Expected 3 parts in JWT; got 2", () => "a.b"],
    ["is empty", "PGRST301", "Empty JWT is sent in Authorization header", () => ""],
    ["is expired", "PGRST303", "JWT expired", () => library.sign({ role: "anon", exp: 1 })],
    [
      "is not yet valid",
      "PGRST303",
      "JWT not yet valid",
      () => library.sign({ role: "anon", nbf: Date.now() / 1000 + 600 }),
    ],
    [
      "is signed by another",
      "PGRST301",
      "No suitable key or wrong key type",
      async () => `${(await library.sign({ role: "anon" })).slice(0, -20)}${"A".repeat(20)}`,
    ],
  ] as [string, string, string, () => string | Promise<string>][])(
    "one that %s",
    async (_name, code, message, make) => {
      const response = await library.request("/books", { headers: { authorization: `Bearer ${await make()}` } });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ code, message });
      expect(response.headers.get("www-authenticate")).toBe(
        `Bearer error="invalid_token", error_description="${message}"`,
      );
    },
  );

  test("one whose role does not exist, or is not the API's to take", async () => {
    const unknown = await library
      .client({ claims: { role: "nobody_here" } })
      .from("books")
      .select();
    expect(unknown).toMatchObject({
      status: 401,
      error: { code: "22023", message: 'role "nobody_here" does not exist' },
    });
    const none = await library.request("/rpc/whoami", { claims: { role: "none" } });
    expect([none.status, await none.json()]).toMatchObject([401, { code: "22023" }]);
    const taken = await library
      .client({ claims: { role: "pg_read_all_data" } })
      .from("books")
      .select();
    expect(taken).toMatchObject({ status: 403, error: { code: "42501" } });
  });
});
