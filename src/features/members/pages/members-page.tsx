import { useQuery } from "@tanstack/react-query";
import { useCallback, useDeferredValue, useMemo, useState } from "react";
import { useSession } from "@/features/auth";
import { useActiveOrganization } from "@/features/organizations";
import { rolesQuery } from "@/features/roles";
import { useLive } from "@/shared/lib/live/use-live";
import { usePageTitle } from "@/shared/lib/page-title";
import { Button } from "@/shared/ui/button";
import { Card } from "@/shared/ui/card";
import { ErrorState } from "@/shared/ui/error-state";
import { Plus } from "@/shared/ui/icons";
import { PageHeader } from "@/shared/ui/page-header";
import { InviteDialog, type InviteDraft } from "../components/invite-dialog";
import { MemberDialogs, type MemberQuestion } from "../components/member-dialogs";
import { MemberFilters } from "../components/member-filters";
import { MemberTable } from "../components/member-table";
import { OpenInvitations } from "../components/open-invitations";
import { Pager } from "../components/pager";
import { Seats } from "../components/seats";
import { isFiltered } from "../filter";
import { tellRefusal, useMemberChanges } from "../hooks/use-member-changes";
import { useMemberFilter } from "../hooks/use-member-filter";
import { membersPlan } from "../live-plan";
import { MemberDeedsProvider } from "../member-deeds";
import { memberCountQuery, membersQuery } from "../queries";
import type { Member } from "../types";

const withoutInvitations = ["members"];
const withInvitations = [...withoutInvitations, "members:invitations"];

export function MembersPage() {
  usePageTitle("Members");
  const { user } = useSession();
  const { organization, can } = useActiveOrganization();
  const canManage = can("members.manage") === "all";
  const { filter, change, typed, setTyped } = useMemberFilter();
  const { data: read, error, refetch, isFetching } = useQuery(membersQuery(organization.id, filter));
  // Rows are drawn in pieces: what is typed or tapped meanwhile does not wait for the last of them.
  const data = useDeferredValue(read);
  const { data: total } = useQuery(memberCountQuery(organization.id, filter));
  const { data: roles = [] } = useQuery(rolesQuery(organization.id));
  const changes = useMemberChanges(organization.id);
  useLive(
    organization.id,
    canManage ? withInvitations : withoutInvitations,
    useMemo(() => membersPlan(organization.id), [organization.id]),
  );
  const [question, setQuestion] = useState<MemberQuestion | null>(null);
  const [isInviting, setInviting] = useState(false);
  // By organization: a list for one must never be sent from another.
  const [drafts, setDrafts] = useState<Record<string, InviteDraft>>({});

  const deeds = useMemo(
    () => ({
      ownId: user?.id ?? "",
      canManage,
      changeRole: (member: Member) => setQuestion({ about: "role", member }),
      deactivate: (member: Member) => setQuestion({ about: "deactivation", member }),
      reactivate: (member: Member) => {
        changes
          .setStatus(member, "active")
          .catch((cause: unknown) => tellRefusal(`${member.name} could not be reactivated`, cause));
      },
      leave: () => setQuestion({ about: "leaving" }),
    }),
    [user?.id, canManage, changes],
  );

  const showAll = useCallback(() => {
    setTyped("");
    change({ text: "", role: null, status: null });
  }, [change, setTyped]);

  return (
    <div className="space-y-5">
      <PageHeader
        title="Members"
        description={
          canManage
            ? `Who works in ${organization.name}, and what each may do.`
            : `Who works in ${organization.name}. Changing members takes a right that your role does not have.`
        }
        actions={
          <>
            <Seats organization={organization} seesInvitations={canManage} />
            {canManage && (
              <Button look="primary" onClick={() => setInviting(true)} className="max-sm:w-full">
                <Plus aria-hidden="true" className="size-4" />
                Invite
              </Button>
            )}
          </>
        }
      />
      <Card className="overflow-clip">
        <MemberFilters filter={filter} onChange={change} typed={typed} onType={setTyped} roles={roles} />
        {error ? (
          <ErrorState
            title="The members could not be loaded"
            message={error.message}
            retry={() => void refetch()}
            busy={isFetching}
          />
        ) : (
          <MemberDeedsProvider value={deeds}>
            <MemberTable members={data?.members} filter={filter} onChange={change} onShowAll={showAll} />
          </MemberDeedsProvider>
        )}
        {data && (
          <Pager page={data} total={total} isSearch={filter.text !== ""} onPlace={(place) => change({ place })} />
        )}
      </Card>
      {canManage && <OpenInvitations organizationId={organization.id} isAlone={total === 1 && !isFiltered(filter)} />}
      {isInviting && (
        <InviteDialog
          key={organization.id}
          organization={organization}
          roles={roles}
          draft={drafts[organization.id] ?? { text: "", roleId: null }}
          onDraft={(next) => setDrafts({ ...drafts, [organization.id]: next })}
          onClose={() => setInviting(false)}
        />
      )}
      <MemberDialogs
        question={question}
        organization={organization}
        roles={roles}
        changes={changes}
        onClose={() => setQuestion(null)}
      />
    </div>
  );
}
