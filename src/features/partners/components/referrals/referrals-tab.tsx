import { lazy, Suspense, useState } from "react";
import { useActiveOrganization } from "@/features/organizations";
import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/empty-state";
import { Plus, Waypoints } from "@/shared/ui/icons";
import { showToast } from "@/shared/ui/toast";
import { choiceOf, useChoices } from "../../hooks/use-choices";
import { useMe } from "../../hooks/use-me";
import { usePartnerReferrals } from "../../hooks/use-partner-referrals";
import { usePartnerRights } from "../../hooks/use-partner-rights";
import { orTell } from "../../tell";
import type { Choice, Partner, Referral } from "../../types";
import { ListBar, ListState } from "../shared/list-state";
import { LostDialog } from "./lost-dialog";
import { ReferralTable } from "./referral-table";

const ReferralSheet = lazy(async () => ({ default: (await import("./referral-sheet")).ReferralSheet }));

export function ReferralsTab({ partner }: { partner: Partner }) {
  const { organization } = useActiveOrganization();
  const rights = usePartnerRights();
  const me = useMe();
  const { referralStages } = useChoices();
  const referrals = usePartnerReferrals(organization.id, partner.id);
  const [sheet, setSheet] = useState<{ referral: Referral | null } | null>(null);
  const [losing, setLosing] = useState<{ referral: Referral; stage: Choice } | null>(null);
  const mayAdd = rights.can("referrals.write") !== false && !partner.archivedAt;
  const mayDecide = rights.can("referrals.decide") === "all" && !partner.archivedAt;

  async function advance(referral: Referral, stage: Choice, reason: string | null) {
    const version = await referrals.mutations.advance(referral, stage, reason);
    showToast({
      tone: "good",
      title: `${referral.clientName} is now ${stage.label}`,
      undo: () =>
        referrals.mutations.advance(
          { id: referral.id, version },
          choiceOf(referralStages, referral.status),
          referral.decisionReason,
        ),
    });
  }

  const add = mayAdd && (
    <Button look="primary" onClick={() => setSheet({ referral: null })}>
      <Plus aria-hidden="true" className="size-4" />
      New referral
    </Button>
  );
  return (
    <>
      <ListBar>
        <span className="flex-1" />
        {add}
      </ListBar>
      <ListState what="referrals" {...referrals} isThere={referrals.data !== undefined}>
        {referrals.data?.length === 0 ? (
          <EmptyState Icon={Waypoints} title="No referrals yet" action={add}>
            Clients that {partner.name} brings stand here, with what they may be worth and how far they got.
          </EmptyState>
        ) : (
          <>
            <ReferralTable
              referrals={referrals.data ?? []}
              deeds={{
                mayEdit: (referral) => rights.mayWith("referrals.write", referral.owner?.id) && !partner.archivedAt,
                edit: (referral) => setSheet({ referral }),
                advance: mayDecide
                  ? (referral, stage) =>
                      stage.meaning === "lost"
                        ? setLosing({ referral, stage })
                        : void orTell(`${referral.clientName} could not be moved on`, () =>
                            advance(referral, stage, null),
                          )
                  : null,
              }}
            />
            {referrals.more && (
              <div className="flex justify-center border-t border-line p-3">
                <Button onClick={referrals.more.load} busy={referrals.more.isBusy}>
                  Show older referrals
                </Button>
              </div>
            )}
          </>
        )}
      </ListState>
      {sheet && (
        <Suspense>
          <ReferralSheet
            referral={sheet.referral && (referrals.data?.find(({ id }) => id === sheet.referral?.id) ?? sheet.referral)}
            partnerName={partner.name}
            me={me}
            mayChooseOwner={rights.can("referrals.write") === "all"}
            mutations={referrals.mutations}
            onClose={() => setSheet(null)}
          />
        </Suspense>
      )}
      {losing && (
        <LostDialog
          clientName={losing.referral.clientName}
          stageLabel={losing.stage.label}
          onConfirm={(reason) => advance(losing.referral, losing.stage, reason)}
          onClose={() => setLosing(null)}
        />
      )}
    </>
  );
}
