// Organizations, their configuration and their log, and what the platform's staff may do with them.
import type { Behaviours } from "./access-behaviours.ts";
import { isForPlatformStaff } from "./role-matrix.ts";

const reason = "Asked for by the tests.";

export const organizationBehaviours: Behaviours = {
  "an organization begins with the built-in roles": async ({ ask, value }) => {
    const [made] = await ask(
      "insert into public.organizations (name, slug) values ('Begun', 'begun-by-a-test') returning id",
    );
    return (
      Number(
        await value("select count(*) from public.roles where organization_id = $1 and is_built_in", [made?.id]),
      ) === 6
    );
  },
  "there is no third level": async ({ attempt, a }) => {
    const { error } = await attempt(
      "insert into public.organizations (name, slug, parent_id) values ('Deep', 'deep-by-a-test', $1)",
      [a.id],
    );
    return error?.code === "23514";
  },
  "a tenant does not move below another organization": async ({ attempt, a, b }) => {
    const { error } = await attempt(
      "update public.organizations set parent_id = $2 where id = (select parent_id from public.organizations where id = $1)",
      [a.id, b.id],
    );
    return error?.code === "23514";
  },
  "whoever begins an organization is its administrator, five times a day": async ({ call, who, value }) => {
    const outsider = who("outsider");
    const begun = [];
    for (let time = 0; time < 6; time++)
      begun.push(await call(outsider, "create_organization", { organization_name: "Same name" }));
    const key = await value(
      `select r.key from public.memberships as m join public.roles as r on r.id = m.role_id where m.organization_id = $1 and m.user_id = $2`,
      [begun[0]?.answer.value, outsider.id],
    );
    return key === "org_admin" && begun.map(({ code }) => code).join() === ",,,,,PW011";
  },
  "a new name is a new version of the organization": async ({ as, who, a, value }) => {
    const before = Number(await value("select version from public.organizations where id = $1", [a.id]));
    await as(who("org_admin"), "update public.organizations set name = 'New name' where id = $1", [a.id]);
    return Number(await value("select version from public.organizations where id = $1", [a.id])) === before + 1;
  },
  "my_organizations gives the rights that the role holds": async ({ as, who }) => {
    const { rows } = await as<{ permissions: Record<string, string> }>(
      who("sales_rep"),
      "select permissions from public.my_organizations()",
    );
    const [mine] = rows;
    return (
      rows.length === 1 && mine?.permissions["partners.write"] === "own" && mine.permissions["audit.read"] === undefined
    );
  },
  "my_organizations gives no rights where one was deactivated, or it was suspended": async ({ as, who }) => {
    for (const label of ["deactivated", "suspended admin", "admin below a suspended tenant"]) {
      const { rows } = await as<{ permissions: object; is_active: boolean }>(
        who(label),
        "select permissions, is_active from public.my_organizations()",
      );
      if (rows.length !== 1 || Object.keys(rows[0]?.permissions ?? { none: 1 }).length > 0) return false;
      if (rows[0]?.is_active !== (label === "deactivated")) return false;
    }
    return true;
  },
  "my_organizations says from where on changes are told, and under which epoch": async ({ as, ask, call, who, a }) => {
    const manager = who("org_admin");
    const { rows } = await as<{ live_cursor: string; live_epoch: string }>(
      manager,
      "select live_cursor, live_epoch from public.my_organizations() where organization_id = $1",
      [a.id],
    );
    await ask("update public.partners set name = name || '!' where id = $1", [a.partner]);
    const { answer } = await call(manager, "changes_since", { organization: a.id, since: rows[0]?.live_cursor });
    const { epoch, refetch, changes } = answer as { epoch: number; refetch: boolean; changes: { ids: string[] }[] };
    return (
      !refetch && Number(rows[0]?.live_epoch) === epoch && changes.some(({ ids }) => ids?.includes(String(a.partner)))
    );
  },
  "my_organizations tells no epoch to whom nothing is told": async ({ as, who }) => {
    for (const label of ["deactivated", "suspended admin", "admin below a suspended tenant"]) {
      const { rows } = await as<{ live_epoch: string | null }>(
        who(label),
        "select live_epoch from public.my_organizations()",
      );
      if (rows.length !== 1 || rows[0]?.live_epoch !== null) return false;
    }
    return true;
  },
  "staff see an organization's place in the list only while their access is open": async ({ as, who, a }) => {
    const listed = async (label: string) =>
      (await as<{ organization_id: string }>(who(label), "select organization_id from public.my_organizations()")).rows
        .map((row) => row.organization_id)
        .join();
    return (
      (await listed("staff with access")) === a.id &&
      (await listed("staff whose access ended")) === "" &&
      (await listed("staff")) === ""
    );
  },
  "my_organizations tells staff with an access that they may read, and nothing more": async ({ as, who }) => {
    const { rows } = await as<{ permissions: Record<string, string> }>(
      who("staff with access"),
      "select permissions from public.my_organizations()",
    );
    const told = Object.keys(rows[0]?.permissions ?? {});
    return told.includes("partners.read") && told.every(isForPlatformStaff);
  },
  "only staff see every organization": async ({ as, who }) => {
    const count = async (label: string) =>
      (await as(who(label), "select from public.platform_organizations()")).rows.length;
    return (await count("staff")) >= 5 && (await count("org_admin")) === 0 && (await count("outsider")) === 0;
  },
  "the list of the platform tells staff of their own accesses only": async ({ as, who }) => {
    const open = async (label: string) =>
      (await as(who(label), "select from public.platform_organizations() where access_until is not null")).rows.length;
    return (
      (await open("staff with access")) === 1 &&
      (await open("staff")) === 0 &&
      (await open("staff whose access ended")) === 0
    );
  },
  "an access opens reading, in one organization, until it is closed": async ({ as, call, who, a }) => {
    const staff = who("staff");
    const sees = async () =>
      (await as<{ id: string }>(staff, "select id from public.organizations")).rows.map(({ id }) => id).join();
    const before = await sees();
    await call(staff, "open_platform_access", { organization: a.id, reason, minutes: 5 });
    const during = await sees();
    await call(staff, "close_platform_access", { organization: a.id });
    // Closed to this moment, which inside one transaction is the moment it was opened.
    return before === "" && during === a.id && (await sees()) === "";
  },
  "nobody closes another's access": async ({ as, call, who, a }) => {
    await call(who("staff"), "close_platform_access", { organization: a.id });
    return (await as(who("staff with access"), "select from public.organizations")).rows.length === 1;
  },
  "closing one access leaves another open": async ({ as, call, who, a, b }) => {
    const staff = who("staff");
    for (const { id } of [a, b]) await call(staff, "open_platform_access", { organization: id, reason, minutes: 5 });
    await call(staff, "close_platform_access", { organization: a.id });
    const { rows } = await as<{ id: string }>(staff, "select id from public.organizations");
    return rows.map(({ id }) => id).join() === b.id;
  },
  "an access that ended is not closed once more": async ({ call, who, a, value }) => {
    const count = () =>
      value("select count(*) from public.audit_log where action = 'platform_access_closed'").then(Number);
    const before = await count();
    await call(who("staff whose access ended"), "close_platform_access", { organization: a.id });
    return (await count()) === before;
  },
  "an access needs a reason and a term": async ({ call, who, a }) => {
    for (const [why, minutes] of [
      ["short", 5],
      [reason, 0],
      [reason, 481],
      [reason, null],
    ])
      if (
        (await call(who("staff"), "open_platform_access", { organization: a.id, reason: why, minutes })).code !==
        "PW017"
      )
        return false;
    return true;
  },
  "suspending needs a reason, and bites": async ({ as, call, who, a }) => {
    const short = await call(who("staff"), "set_organization_active", {
      organization: a.id,
      active: false,
      reason: "no",
    });
    await call(who("staff"), "set_organization_active", { organization: a.id, active: false, reason });
    return short.code === "PW017" && (await as(who("org_admin"), "select from public.memberships")).rows.length === 0;
  },
  "an unknown organization is neither suspended, sold to nor visited": async ({ call, who, targets: { unknown } }) => {
    const codes = [
      await call(who("staff"), "set_organization_active", { organization: unknown, active: false, reason }),
      await call(who("staff"), "set_subscription", { organization: unknown, tier: "basic", seats: 5 }),
      await call(who("staff"), "open_platform_access", { organization: unknown, reason, minutes: 5 }),
    ];
    return codes.every(({ code }) => code !== null);
  },
  "a setting that does not fit is refused, and says which": async ({ as, who, a }) => {
    const insert =
      "insert into public.configurations (organization_id, category, key, value) values ($1, 'team', 'team_size', $2)";
    const { error } = await as(who("org_admin"), insert, [a.id, '"many"']);
    return error?.code === "PW007";
  },
  "a setting of somebody without the right is not looked at": async ({ as, who, a }) => {
    const insert =
      "insert into public.configurations (organization_id, category, key, value) values ($1, 'team', 'team_size', $2)";
    const codes: unknown[] = [];
    for (const label of ["foreign admin", "sales_rep", "outsider"])
      codes.push((await as(who(label), insert, [a.id, '"many"'])).error?.code);
    return codes.every((code) => code === "42501");
  },
  "a setting keeps who changed it, and counts its versions": async ({ as, who, a, value }) => {
    const admin = who("org_admin");
    await as(admin, "update public.configurations set value = '[\"other.test\"]' where organization_id = $1", [a.id]);
    const about = "from public.configurations where organization_id = $1";
    return (
      (await value(`select updated_by ${about}`, [a.id])) === admin.id &&
      Number(await value(`select version ${about}`, [a.id])) === 2
    );
  },
  "a definition that cannot be checked never gets in": async ({ attempt }) => {
    const { error } = await attempt(
      "update public.configuration_definitions set default_value = '\"no number\"' where key = 'team_size'",
    );
    return error !== null;
  },
  "an organization inherits from its tenant, never the tenant from it": async ({ as, ask, who, a }) => {
    const size = async (label: string, organization: unknown) => {
      const { rows } = await as<{ value: number }>(
        who(label),
        "select value from public.resolved_configuration($1, 'team') where key = 'team_size'",
        [organization],
      );
      return rows[0]?.value;
    };
    const [tenant] = await ask("select parent_id as id from public.organizations where id = $1", [a.id]);
    const set =
      "insert into public.configurations (organization_id, category, key, value) values ($1, 'team', 'team_size', $2)";
    await ask(set, [tenant?.id, "41"]);
    const inherited = await size("vp", a.id);
    await ask(set, [a.id, "42"]);
    return inherited === 41 && (await size("vp", a.id)) === 42 && (await size("tenant admin", tenant?.id)) === 41;
  },
  "an entry that another setting names is not taken away": async ({ as, attempt, who, a }) => {
    const set = (key: string, value: string) =>
      as(
        who("org_admin"),
        "insert into public.configurations (organization_id, category, key, value) values ($1, 'commission', $2, $3)",
        [a.id, key, value],
      );
    const [current] = (
      await attempt<{ value: { key: string }[] }>(
        "select default_value as value from public.configuration_definitions where category = 'commission' and key = 'types'",
      )
    ).rows;
    const others = current?.value.filter(({ key }) => key !== "referral");
    if (!others || others.length === 0) return false;
    return (await set("types", JSON.stringify(others))).error?.code === "PW007";
  },
  "a preview calls only functions that are there": async ({ attempt }) => {
    const { error } = await attempt(
      `insert into private.configuration_effects (category, key, function_name, description) values ('team', 'team_size', 'not_there', 'x')`,
    );
    return error?.code === "42883";
  },
};
