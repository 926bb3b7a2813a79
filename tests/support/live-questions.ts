// What decides about live channels: its mutants.
import type { Mutant, Question } from "./mutants.ts";

const ofLive = (asks: RegExp, instead: string, kind: Mutant["kind"], what: string): Question => ({
  asks,
  instead,
  kind,
  what,
  of: /^private\.(?:may_join_topic|may_show_presence|live_epoch|changes_since|listens_to_own|tell_of_\w+|tell_portals|raise_live_epochs|end_lapsed_access)\(/,
});

export const liveQuestions: Question[] = [
  ofLive(/not private\.session_has_not_ended\(\)/g, "false", "other", "takes a session that ended"),
  ofLive(/part\[6\]::bigint <> private\.live_epoch_of\(organization\)/g, "false", "other", "takes any epoch"),
  ofLive(/topic = 'user:' \|\| \(select auth\.uid\(\)\)/g, "topic like 'user:%'", "tenant", "lets listen to anybody"),
  ofLive(
    /organization = any \(case(?=\n)/g,
    "organization is not null or organization = any (case",
    "tenant",
    "lets in anybody",
  ),
  ofLive(/organization = any \(private\.my_organization_ids\(\)\)/g, "true", "tenant", "lets in anybody"),
  ofLive(/g\.partner_id = partner(?=\W)/g, "true", "tenant", "lets into any portal"),
  ofLive(
    /private\.organizations_where_i_hold\(a\.permission\)/g,
    "private.my_organization_ids()",
    "other",
    "asks for membership only",
  ),
  ofLive(
    /private\.organizations_where_i_can\(a\.permission\)/g,
    "private.organizations_where_i_hold(a.permission)",
    "other",
    "takes any scope",
  ),
  ofLive(/given\.area = any \((?:listening|owning)\)/g, "true", "other", "tells of what may not be heard"),
  ofLive(/given\.person_id = \(select auth\.uid\(\)\)/g, "true", "other", "tells of what others own"),
  ofLive(/given\.person_id is null/g, "true", "other", "tells of what others own"),
  ofLive(/given\.txid >= seen/g, "given.txid > seen", "other", "misses what was running"),
  ofLive(/where p\.is_shown/g, "where true", "other", "tells portals of what they do not show"),
  ofLive(/m\.organization_id = raised\.organization_id/g, "true", "tenant", "tells other organizations"),
];
