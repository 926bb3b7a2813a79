import { useFormat } from "@/shared/lib/format/use-format";
import { DataTable } from "@/shared/ui/data-table";
import { IconButton } from "@/shared/ui/icon-button";
import { Pencil } from "@/shared/ui/icons";
import { createAppColumnHelper, useAppTable } from "@/shared/ui/table-hook";
import type { Referral } from "../../types";
import { Owner } from "../shared/owner";
import { type ReferralDeeds, ReferralDeedsProvider, useReferralDeeds } from "./referral-deeds";
import { StageMenu } from "./stage-menu";

interface CellProps {
  referral: Referral;
}

function ClientCell({ referral }: CellProps) {
  const further = [referral.clientCompany, referral.accountDomain ?? referral.clientEmail].filter(Boolean).join(" · ");
  return (
    <span className="block min-w-0 py-1.5 sm:max-w-80">
      <bdi className="block font-medium wrap-anywhere">{referral.clientName}</bdi>
      {further && <span className="block text-small font-normal text-ink-2 wrap-anywhere">{further}</span>}
    </span>
  );
}

function StageCell({ referral }: CellProps) {
  const { advance } = useReferralDeeds();
  return (
    <span className="flex min-w-0 flex-col items-start py-0.5 max-sm:items-end">
      <StageMenu referral={referral} onAdvance={advance && ((stage) => advance(referral, stage))} />
      {referral.outcome === "lost" && referral.decisionReason && (
        <span className="max-w-60 truncate pb-1 text-small text-ink-2" title={referral.decisionReason}>
          {referral.decisionReason}
        </span>
      )}
    </span>
  );
}

function ValueCell({ referral }: CellProps) {
  const format = useFormat();
  if (!referral.estimatedValue || !referral.currency) return <span className="text-ink-3">—</span>;
  return <span className="whitespace-nowrap">{format.money(referral.estimatedValue, referral.currency)}</span>;
}

function DayCell({ moment }: { moment: string | null }) {
  const format = useFormat();
  if (!moment) return <span className="text-ink-3">—</span>;
  return (
    <time dateTime={moment} className="whitespace-nowrap text-ink-2">
      {format.date(moment)}
    </time>
  );
}

function EditCell({ referral }: CellProps) {
  const { mayEdit, edit } = useReferralDeeds();
  if (!mayEdit(referral)) return null;
  return <IconButton label={`Edit ${referral.clientName}`} Icon={Pencil} onClick={() => edit(referral)} />;
}

const column = createAppColumnHelper<Referral>();
const columns = column.columns([
  column.display({
    id: "client",
    header: "Client",
    meta: { card: "title" },
    cell: ({ row }) => <ClientCell referral={row.original} />,
  }),
  column.display({ id: "stage", header: "Stage", cell: ({ row }) => <StageCell referral={row.original} /> }),
  column.display({
    id: "value",
    header: "Estimated value",
    meta: { align: "end" },
    cell: ({ row }) => <ValueCell referral={row.original} />,
  }),
  column.display({
    id: "referred",
    header: "Referred",
    cell: ({ row }) => <DayCell moment={row.original.referredAt} />,
  }),
  column.display({ id: "decided", header: "Decided", cell: ({ row }) => <DayCell moment={row.original.decidedAt} /> }),
  column.display({ id: "owner", header: "Owner", cell: ({ row }) => <Owner person={row.original.owner} /> }),
  column.display({
    id: "edit",
    meta: { card: "corner", label: "Edit", align: "end", className: "sm:w-0" },
    cell: ({ row }) => <EditCell referral={row.original} />,
  }),
]);

export function ReferralTable({ referrals, deeds }: { referrals: Referral[]; deeds: ReferralDeeds }) {
  const table = useAppTable({ data: referrals, columns });
  return (
    <ReferralDeedsProvider value={deeds}>
      <DataTable table={table} label="Referrals" empty={null} />
    </ReferralDeedsProvider>
  );
}
