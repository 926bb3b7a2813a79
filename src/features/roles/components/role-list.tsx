import { useState } from "react";
import { Notice } from "@/shared/ui/notice";
import { Section } from "@/shared/ui/section";
import { SegmentedControl } from "@/shared/ui/segmented-control";
import { Select } from "@/shared/ui/select";
import { draftOf } from "../draft";
import type { RoleDrafts } from "../hooks/use-role-drafts";
import { allowedScopes, type CellScope, lockOfRight, lockOfRole, scopeOf, scopeWords, withScope } from "../rights";
import type { CatalogueEntry, Role, Scopes } from "../types";
import { RoleMenu, type RoleQuestion } from "./role-menu";

interface RoleListProps {
  roles: Role[];
  catalogue: CatalogueEntry[];
  drafts: RoleDrafts;
  held: Scopes;
  canManage: boolean;
  onAsk: (question: RoleQuestion) => void;
}

/** One role at a time, for a narrow screen. */
export function RoleList({ roles, catalogue, drafts, held, canManage, onAsk }: RoleListProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const role = roles.find(({ id }) => id === chosen) ?? roles[0];
  if (!role) return null;
  const { scopes } = drafts.drafts[role.id] ?? draftOf(role);
  const lock = lockOfRole(role, held, canManage);
  const areas = [...new Set(catalogue.map(({ area }) => area))];
  return (
    <div className="space-y-4">
      <div className="flex items-end gap-2">
        <Select
          label="Role"
          className="flex-1"
          value={role.id}
          onChange={setChosen}
          options={roles.map(({ id, name }) => ({ value: id, label: drafts.drafts[id]?.name ?? name }))}
        />
        {canManage && <RoleMenu role={role} held={held} onAsk={onAsk} />}
      </div>
      {role.description && <p className="text-ink-2">{drafts.drafts[role.id]?.description ?? role.description}</p>}
      {lock && canManage && <Notice tone="info">{lock}</Notice>}
      {areas.map((area) => (
        <Section key={area} title={area} flush>
          <ul className="divide-y divide-line">
            {catalogue
              .filter((entry) => entry.area === area)
              .map((entry) => (
                <RightRow
                  key={entry.key}
                  entry={entry}
                  scope={scopeOf(scopes, entry.key)}
                  held={held}
                  isLocked={lock !== null}
                  onChange={(scope) => drafts.edit(role, { scopes: withScope(scopes, entry.key, scope) })}
                />
              ))}
          </ul>
        </Section>
      ))}
    </div>
  );
}

interface RightRowProps {
  entry: CatalogueEntry;
  scope: CellScope;
  held: Scopes;
  isLocked: boolean;
  onChange: (scope: CellScope) => void;
}

function RightRow({ entry, scope, held, isLocked, onChange }: RightRowProps) {
  const lock = isLocked ? null : lockOfRight(entry, held);
  const allowed = allowedScopes(entry, held);
  const offered = isLocked || lock ? [scope] : allowed.includes(scope) ? allowed : [...allowed, scope];
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-44">
        <p className="font-medium">{entry.label}</p>
        <p className="text-small text-ink-2">{lock ?? entry.description}</p>
      </div>
      {offered.length > 1 ? (
        <SegmentedControl
          label={entry.label}
          value={scope}
          onChange={onChange}
          options={offered.map((value) => ({ value, label: scopeWords[value].short }))}
        />
      ) : (
        <span className="text-ink-2">{scopeWords[scope].short}</span>
      )}
    </li>
  );
}
