// Pages of a timeline of three million events: the first, one in the middle and the last of every filter.
import type { Ask } from "../support/owner.ts";
import { type Figure, interleaved } from "./figure.ts";
import { BUSY_PARTNER, DAYS, FORMER_ACTOR, FORMER_KIND, TIMELINE_ORGANIZATION } from "./timeline-world.ts";

const PAGE_BAR = 1.3;
const PAGE_MS = 20;

const somebody = "user:00000000-0000-4000-8000-000000000007";
const filters: Record<string, string> = {
  "the organization's": "",
  "a partner's": ", partner => '00000000-0000-4000-8000-000000000042'",
  "the busiest partner's": `, partner => '${BUSY_PARTNER}'`,
  "the busiest partner's, by a kind": `, partner => '${BUSY_PARTNER}', kinds => '{task_completed}'`,
  "the busiest partner's, by a person": `, partner => '${BUSY_PARTNER}', actors => '{${somebody}}'`,
  "by a kind": ", kinds => '{task_completed}'",
  "by five kinds": ", kinds => '{task_completed,task_created,document_added,referral_won,status_changed}'",
  "by a person": `, actors => '{${somebody}}'`,
  "by a kind and a person": `, kinds => '{task_completed}', actors => '{${somebody}}'`,
  "by two kinds and two people": `, kinds => '{task_completed,task_created}', actors => '{${somebody},user:00000000-0000-4000-8000-000000000008}'`,
  "of a kind that ended long ago": `, kinds => '{${FORMER_KIND}}'`,
  "of somebody who left long ago": `, actors => '{${FORMER_ACTOR}}'`,
};

export async function readTimeline(ask: Ask, tell: (figure: Figure) => void): Promise<void> {
  await becomeMember(ask);
  const place = (share: number) =>
    `, before_at => now() - interval '${Math.round(DAYS * 24 * share)} hours', before_id => 0`;
  let worst = { name: "", ms: 0, ratio: 0 };
  for (const [name, filter] of Object.entries(filters)) {
    const page = (more: string) => () =>
      ask(`select * from public.partner_timeline('${TIMELINE_ORGANIZATION}' ${filter}${more})`);
    const times = await interleaved({
      first: page(""),
      middle: page(place(0.5)),
      last: page(place(0.99)),
      month: page(
        `, since => now() - interval '${DAYS / 2 + 15} days', until => now() - interval '${DAYS / 2 - 15} days'`,
      ),
    });
    const slowest = Math.max(...Object.values(times));
    const ratio = Math.max(times.middle, times.last) / times.first;
    console.log(
      `    ${name}: first ${times.first.toFixed(2)}, middle ${times.middle.toFixed(2)}, last ${times.last.toFixed(2)}, a month's ${times.month.toFixed(2)} ms`,
    );
    worst = {
      name: slowest > worst.ms ? name : worst.name,
      ms: Math.max(slowest, worst.ms),
      ratio: Math.max(ratio, worst.ratio),
    };
  }
  const facets = await interleaved({ facets: () => ask(`select public.timeline_facets('${TIMELINE_ORGANIZATION}')`) });
  await ask("reset role");
  const amount = Object.keys(filters).length;
  tell({
    what: `Page of 50 of three million events, the slowest of ${amount} filters (${worst.name})`,
    value: `${worst.ms.toFixed(1)} ms`,
    bar: `≤ ${PAGE_MS} ms`,
    ok: worst.ms <= PAGE_MS,
  });
  tell({
    what: `Middle and last page of each of ${amount} filters`,
    value: `at most ${worst.ratio.toFixed(2)} × its first`,
    bar: `≤ ${PAGE_BAR} ×`,
    ok: worst.ratio <= PAGE_BAR,
  });
  tell({
    what: "What a timeline can be filtered by",
    value: `${facets.facets.toFixed(1)} ms`,
    bar: `≤ ${PAGE_MS} ms`,
    ok: facets.facets <= PAGE_MS,
  });
}

async function becomeMember(ask: Ask): Promise<void> {
  const member = crypto.randomUUID();
  await ask("insert into public.profiles (user_id, display_name, avatar_color) values ($1, 'Reader', 'teal')", [
    member,
  ]);
  await ask(
    `insert into public.memberships (organization_id, user_id, role_id, display_name, avatar_color)
     select $1, $2, r.id, 'Reader', 'teal' from public.roles as r where r.organization_id = $1 and r.key = 'vp'`,
    [TIMELINE_ORGANIZATION, member],
  );
  await ask("select set_config('request.jwt.claims', $1, false)", [
    JSON.stringify({ sub: member, role: "authenticated" }),
  ]);
  await ask("set role authenticated");
}
