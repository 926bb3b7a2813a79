import { useFormat } from "@/shared/lib/format/use-format";
import { Avatar } from "@/shared/ui/avatar";
import { Button } from "@/shared/ui/button";
import { IconButton } from "@/shared/ui/icon-button";
import { ChevronDown, CirclePause, Ellipsis, LogOut, ShieldCheck, Undo2 } from "@/shared/ui/icons";
import { Menu, MenuItem, MenuSeparator } from "@/shared/ui/menu";
import { Pill } from "@/shared/ui/pill";
import { useMemberDeeds } from "../member-deeds";
import type { Member } from "../types";

interface CellProps {
  member: Member;
}

export function NameCell({ member }: CellProps) {
  const { ownId } = useMemberDeeds();
  return (
    <span className="flex min-w-0 items-center gap-2.5 sm:max-w-80">
      <Avatar name={member.name} colour={member.colour} />
      <span className="min-w-0 font-medium wrap-anywhere">
        <bdi className={member.status === "active" ? "" : "text-ink-2"}>{member.name}</bdi>
        {member.id === ownId && <span className="ms-1.5 text-small font-normal text-ink-3">you</span>}
      </span>
    </span>
  );
}

export function EmailCell({ member }: CellProps) {
  return <span className="text-ink-2 wrap-anywhere">{member.email ?? "—"}</span>;
}

export function RoleCell({ member }: CellProps) {
  const { canManage, changeRole } = useMemberDeeds();
  if (!canManage) return <span className="wrap-anywhere">{member.roleName}</span>;
  return (
    <Button
      look="quiet"
      aria-label={`Change the role of ${member.name}, now ${member.roleName}`}
      onClick={() => changeRole(member)}
      className="-mx-2 max-w-full px-2! sm:max-w-60 font-normal! text-ink!"
    >
      <span className="min-w-0 truncate">{member.roleName}</span>
      <ChevronDown aria-hidden="true" className="size-3.5 shrink-0 text-ink-3" />
    </Button>
  );
}

export function StatusCell({ member }: CellProps) {
  return member.status === "active" ? <Pill tone="good">Active</Pill> : <Pill tone="mute">Deactivated</Pill>;
}

export function JoinedCell({ member }: CellProps) {
  const format = useFormat();
  return (
    <time dateTime={member.joinedAt} className="whitespace-nowrap text-ink-2">
      {format.date(member.joinedAt)}
    </time>
  );
}

export function ActionsCell({ member }: CellProps) {
  const { ownId, canManage, changeRole, deactivate, reactivate, leave } = useMemberDeeds();
  const isOwn = member.id === ownId;
  if (!canManage && !isOwn) return null;
  return (
    <Menu align="end" trigger={<IconButton label={`Actions for ${member.name}`} Icon={Ellipsis} />}>
      {canManage && (
        <MenuItem Icon={ShieldCheck} onSelect={() => changeRole(member)}>
          Change role
        </MenuItem>
      )}
      {canManage && member.status === "deactivated" && (
        <MenuItem Icon={Undo2} onSelect={() => reactivate(member)}>
          Reactivate
        </MenuItem>
      )}
      {canManage && member.status === "active" && <MenuSeparator />}
      {member.status === "active" &&
        (isOwn ? (
          <MenuItem Icon={LogOut} tone="danger" onSelect={leave}>
            Leave the organization
          </MenuItem>
        ) : (
          <MenuItem Icon={CirclePause} tone="danger" onSelect={() => deactivate(member)}>
            Deactivate
          </MenuItem>
        ))}
    </Menu>
  );
}
