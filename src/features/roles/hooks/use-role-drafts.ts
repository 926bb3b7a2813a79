// Roles as they are being edited. Nothing is saved by itself; what somebody else saved meanwhile is put beneath, never lost.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { organizationKeys } from "@/features/organizations";
import { toAppError } from "@/shared/lib/errors";
import { ownWrite } from "@/shared/lib/live/own-writes";
import { countChanges, draftOf, type RoleDraft, rebase } from "../draft";
import { roleKeys, rolesQuery } from "../queries";
import { saveRole } from "../services/role-service";
import type { Role } from "../types";

const STALE_VERSION = "PW006";

type Edit = Partial<Pick<RoleDraft, "name" | "description" | "scopes">>;

export function useRoleDrafts(organizationId: string) {
  const queryClient = useQueryClient();
  const [drafts, setDrafts] = useState<Record<string, RoleDraft>>({});
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [isSaving, setSaving] = useState(false);

  function put(id: string, draft: RoleDraft | null) {
    setDrafts(({ [id]: _before, ...others }) => (draft ? { ...others, [id]: draft } : others));
  }

  function tell(id: string, problem: string | null) {
    setProblems(({ [id]: _before, ...others }) => (problem === null ? others : { ...others, [id]: problem }));
  }

  function edit(role: Role, changes: Edit) {
    setDrafts(({ [role.id]: before, ...others }) => {
      const next = { ...(before ?? draftOf(role)), ...changes };
      return countChanges(next) === 0 ? others : { ...others, [role.id]: next };
    });
    tell(role.id, null);
  }

  /** What was saved elsewhere meanwhile, with one's own changes on top. */
  async function putBeneath(draft: RoleDraft): Promise<string> {
    const roles = await queryClient.fetchQuery({ ...rolesQuery(organizationId), staleTime: 0 });
    const theirs = roles.find(({ id }) => id === draft.base.id);
    if (!theirs) return "Somebody deleted this role meanwhile. Discard your changes, or add it as a new role.";
    const rebased = rebase(draft, theirs);
    put(draft.base.id, rebased);
    return rebased.conflicts.length > 0
      ? "Somebody else changed this role meanwhile. Look at both values, then save again."
      : "Somebody else changed this role meanwhile. Your changes stand on top of theirs: look at them, then save again.";
  }

  /** True when everything is saved. */
  async function save(): Promise<boolean> {
    setSaving(true);
    let isAll = true;
    for (const draft of Object.values(drafts)) {
      const { id, version } = draft.base;
      try {
        await ownWrite(() => saveRole(organizationId, { ...draft, id, seenVersion: version }));
        put(id, null);
        tell(id, null);
      } catch (cause) {
        isAll = false;
        const error = toAppError(cause);
        const problem =
          error.code === STALE_VERSION ? await putBeneath(draft).catch(() => error.message) : error.message;
        tell(id, problem);
      }
    }
    await readAgain();
    setSaving(false);
    return isAll;
  }

  function readAgain() {
    return Promise.all([
      queryClient.invalidateQueries({ queryKey: roleKeys.of(organizationId) }),
      queryClient.invalidateQueries({ queryKey: organizationKeys.mine }),
    ]);
  }

  function discard() {
    setDrafts({});
    setProblems({});
  }

  function forget(id: string) {
    put(id, null);
    tell(id, null);
  }

  return { drafts, problems, isSaving, edit, save, discard, forget, readAgain };
}

export type RoleDrafts = ReturnType<typeof useRoleDrafts>;
