import { useFormat } from "@/shared/lib/format/use-format";
import { partnerPath } from "@/shared/lib/paths";
import { Link } from "@/shared/lib/router";
import { Avatar } from "@/shared/ui/avatar";
import { Skeleton } from "@/shared/ui/skeleton";
import { useChoices } from "../../hooks/use-choices";
import { markColour } from "../../mark-colour";
import type { Partner } from "../../types";
import { ChoicePill } from "../shared/choice-pill";
import { Health } from "../shared/health";
import { Owner } from "../shared/owner";
import { SelectCell, StatusCell } from "./partner-cells";
import { OpenedBy } from "./present-people";

/** On a phone each partner is a card; pressing it anywhere opens the partner. */
export function PartnerCards({ partners }: { partners: Partner[] | undefined }) {
  if (!partners) return <LoadingCards />;
  return (
    <ul aria-label="Partners" className="divide-y divide-line">
      {partners.map((partner) => (
        <PartnerCard key={partner.id} partner={partner} />
      ))}
    </ul>
  );
}

function PartnerCard({ partner }: { partner: Partner }) {
  const { tiers } = useChoices();
  const format = useFormat();
  return (
    <li className="relative px-4 py-3 active:bg-hover">
      <div className="flex items-start gap-3">
        <Avatar name={partner.name} colour={markColour(partner.id)} shape="square" size="large" />
        <div className="min-w-0 flex-1 space-y-1">
          <div className="flex items-start gap-2">
            <Link to={partnerPath(partner.id)} className="min-w-0 flex-1 after:absolute after:inset-0">
              <bdi className="line-clamp-2 font-semibold wrap-anywhere">{partner.name}</bdi>
            </Link>
            <OpenedBy partnerId={partner.id} />
            <span className="relative z-[1] -my-2.5 -me-2 shrink-0">
              <SelectCell partner={partner} />
            </span>
          </div>
          <div className="flex flex-wrap gap-1.5">
            <StatusCell partner={partner} />
            {partner.tier && <ChoicePill choices={tiers} value={partner.tier} />}
          </div>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1 pt-0.5 text-small text-ink-2">
            <Health value={partner.health} />
            {partner.owner && <Owner person={partner.owner} />}
            {partner.agreementEndsOn && <span>Until {format.date(partner.agreementEndsOn)}</span>}
          </div>
        </div>
      </div>
    </li>
  );
}

function LoadingCards() {
  return (
    <div role="status" className="divide-y divide-line">
      <span className="sr-only">Loading the partners</span>
      {["a", "b", "c", "d", "e", "f"].map((key) => (
        <div key={key} className="flex gap-3 px-4 py-3">
          <Skeleton className="size-10" />
          <div className="flex-1 space-y-2">
            <Skeleton className="h-4 w-40" />
            <Skeleton className="h-4 w-28" />
            <Skeleton className="h-3 w-52 max-w-full" />
          </div>
        </div>
      ))}
    </div>
  );
}
