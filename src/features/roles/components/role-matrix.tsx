import { Fragment, useRef, useState } from "react";
import { Lock } from "@/shared/ui/icons";
import { draftOf } from "../draft";
import { useMatrixKeys } from "../hooks/use-matrix-keys";
import type { RoleDrafts } from "../hooks/use-role-drafts";
import { allowedScopes, lockOfRight, lockOfRole, nextScope, scopeOf, scopeWords, withScope } from "../rights";
import type { CatalogueEntry, Role, Scopes } from "../types";
import { MatrixCell } from "./matrix-cell";
import { RoleMenu, type RoleQuestion } from "./role-menu";

interface RoleMatrixProps {
  roles: Role[];
  catalogue: CatalogueEntry[];
  drafts: RoleDrafts;
  /** What the person who looks may do. */
  held: Scopes;
  canManage: boolean;
  onAsk: (question: RoleQuestion) => void;
}

export function RoleMatrix({ roles, catalogue, drafts, held, canManage, onAsk }: RoleMatrixProps) {
  const grid = useRef<HTMLTableElement>(null);
  const [announced, setAnnounced] = useState("");
  const { active, setActive, onKeyDown } = useMatrixKeys(grid, { rows: catalogue.length, columns: roles.length });

  function cycle(role: Role, entry: CatalogueEntry) {
    const lock = lockOfRole(role, held, canManage) ?? lockOfRight(entry, held);
    if (lock) {
      setAnnounced(lock);
      return;
    }
    const { name, scopes } = drafts.drafts[role.id] ?? draftOf(role);
    const next = nextScope(scopeOf(scopes, entry.key), allowedScopes(entry, held));
    drafts.edit(role, { scopes: withScope(scopes, entry.key, next) });
    setAnnounced(`${entry.label}, ${name}: ${scopeWords[next].long}`);
  }

  return (
    <div className="max-h-[calc(100dvh-13rem)] overflow-auto">
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells are moved through and changed with keys.
        role="grid"
        aria-label="Roles and their rights"
        aria-readonly={!canManage}
        onKeyDown={onKeyDown}
        className="w-full border-separate border-spacing-0"
      >
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky start-0 top-0 z-[3] h-10 min-w-56 border-e border-b border-line bg-sunken px-4 text-start text-small font-medium text-ink-2"
            >
              Right
            </th>
            {roles.map((role) => (
              <RoleHeader
                key={role.id}
                role={role}
                name={drafts.drafts[role.id]?.name ?? role.name}
                lock={canManage ? lockOfRole(role, held, canManage) : null}
                menu={canManage && <RoleMenu role={role} held={held} onAsk={onAsk} />}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {catalogue.map((entry, row) => (
            <Fragment key={entry.key}>
              {entry.area !== catalogue[row - 1]?.area && <AreaRow area={entry.area} columns={roles.length} />}
              <tr className="group">
                <th
                  scope="row"
                  title={entry.description}
                  className="sticky start-0 z-[1] h-row border-e border-b border-line bg-surface px-4 text-start font-normal group-hover:bg-hover"
                >
                  {entry.label}
                </th>
                {roles.map((role, column) => {
                  const { scopes, name } = drafts.drafts[role.id] ?? draftOf(role);
                  const scope = scopeOf(scopes, entry.key);
                  return (
                    <MatrixCell
                      key={role.id}
                      place={`${row}-${column}`}
                      scope={scope}
                      label={`${entry.label}, ${name}: ${scopeWords[scope].long}`}
                      lock={lockOfRole(role, held, canManage) ?? lockOfRight(entry, held)}
                      isChanged={scope !== scopeOf(role.scopes, entry.key)}
                      isActive={active.row === row && active.column === column}
                      onFocus={() => setActive({ row, column })}
                      onCycle={() => cycle(role, entry)}
                    />
                  );
                })}
              </tr>
            </Fragment>
          ))}
        </tbody>
      </table>
      <p role="status" className="sr-only">
        {announced}
      </p>
    </div>
  );
}

function AreaRow({ area, columns }: { area: string; columns: number }) {
  return (
    <tr>
      <th
        scope="rowgroup"
        className="sticky start-0 z-[1] h-8 border-e border-b border-line bg-canvas px-4 text-start align-bottom text-small font-semibold text-ink-2"
      >
        {area}
      </th>
      <td colSpan={columns} className="border-b border-line bg-canvas" />
    </tr>
  );
}

interface RoleHeaderProps {
  role: Role;
  name: string;
  lock: string | null;
  menu: React.ReactNode;
}

function RoleHeader({ role, name, lock, menu }: RoleHeaderProps) {
  return (
    <th
      scope="col"
      className="sticky top-0 z-[2] h-10 min-w-32 border-b border-line bg-sunken ps-2 text-small font-medium text-ink"
    >
      <span className="flex items-center justify-center gap-1">
        {lock && (
          <span title={lock}>
            <Lock aria-hidden="true" className="size-3 text-ink-3" />
            <span className="sr-only">Locked. {lock} </span>
          </span>
        )}
        <span title={role.description} className="max-w-36 min-w-0 truncate">
          {name}
        </span>
        {menu}
      </span>
    </th>
  );
}
