import { useFormat } from "@/shared/lib/format/use-format";
import { partnerPath } from "@/shared/lib/paths";
import { Link } from "@/shared/lib/router";
import { Avatar } from "@/shared/ui/avatar";
import { Checkbox } from "@/shared/ui/checkbox";
import { Pill } from "@/shared/ui/pill";
import { useChoices } from "../../hooks/use-choices";
import { markColour } from "../../mark-colour";
import type { Partner } from "../../types";
import { ChoicePill, ChoiceTag } from "../shared/choice-pill";
import { OpenedBy } from "./present-people";
import { useSelection } from "./selection";

interface CellProps {
  partner: Partner;
}

export function SelectAllCell() {
  const { state, toggleAll } = useSelection();
  return (
    <Checkbox
      label="Select all on this page"
      hideLabel
      checked={state === "all"}
      indeterminate={state === "some"}
      onChange={toggleAll}
    />
  );
}

export function SelectCell({ partner }: CellProps) {
  const { has, toggle, maySelect } = useSelection();
  if (!maySelect(partner)) return null;
  return (
    <Checkbox label={`Select ${partner.name}`} hideLabel checked={has(partner.id)} onChange={() => toggle(partner)} />
  );
}

export function NameCell({ partner }: CellProps) {
  return (
    <span className="flex min-w-0 max-w-60 items-center gap-2.5">
      <Link
        to={partnerPath(partner.id)}
        className="group/name flex min-w-0 items-center gap-2.5 rounded-control font-medium"
      >
        <Avatar name={partner.name} colour={markColour(partner.id)} shape="square" />
        <bdi className="min-w-0 truncate group-hover/name:underline" title={partner.name}>
          {partner.name}
        </bdi>
      </Link>
      <OpenedBy partnerId={partner.id} />
    </span>
  );
}

export function StatusCell({ partner }: CellProps) {
  const { statuses } = useChoices();
  return (
    <span className="flex max-w-44 gap-1.5">
      <ChoicePill choices={statuses} value={partner.status} dot />
      {partner.archivedAt && <Pill tone="mute">Archived</Pill>}
    </span>
  );
}

export function TierCell({ partner }: CellProps) {
  const { tiers } = useChoices();
  return (
    <span className="flex max-w-40">
      <ChoicePill choices={tiers} value={partner.tier} />
    </span>
  );
}

export function DomainCell({ partner }: CellProps) {
  const { domains } = useChoices();
  return (
    <span className="flex max-w-40">
      <ChoiceTag choices={domains} value={partner.domain} />
    </span>
  );
}

export function DateCell({ day }: { day: string | null }) {
  const format = useFormat();
  if (!day) return <span className="text-ink-3">—</span>;
  return (
    <time dateTime={day} className="whitespace-nowrap text-ink-2">
      {format.date(day)}
    </time>
  );
}
