import { IconButton } from "@/shared/ui/icon-button";
import { Copy, Ellipsis, Pencil, Trash2, Undo2 } from "@/shared/ui/icons";
import { Menu, MenuItem, MenuSeparator } from "@/shared/ui/menu";
import { lockOfRole } from "../rights";
import type { Role, Scopes } from "../types";

export type RoleQuestion = { about: "new"; copyOf: Role | null } | { about: "name" | "reset" | "deletion"; role: Role };

interface RoleMenuProps {
  role: Role;
  held: Scopes;
  onAsk: (question: RoleQuestion) => void;
}

/** For those who may change roles. */
export function RoleMenu({ role, held, onAsk }: RoleMenuProps) {
  const isLocked = lockOfRole(role, held, true) !== null;
  return (
    <Menu align="end" trigger={<IconButton label={`Actions for the role ${role.name}`} Icon={Ellipsis} />}>
      <MenuItem Icon={Pencil} disabled={isLocked} onSelect={() => onAsk({ about: "name", role })}>
        Rename and describe
      </MenuItem>
      <MenuItem Icon={Copy} onSelect={() => onAsk({ about: "new", copyOf: role })}>
        Copy as a new role
      </MenuItem>
      <MenuSeparator />
      {role.isBuiltIn ? (
        <MenuItem Icon={Undo2} disabled={isLocked} onSelect={() => onAsk({ about: "reset", role })}>
          Reset to its default
        </MenuItem>
      ) : (
        <MenuItem Icon={Trash2} tone="danger" disabled={isLocked} onSelect={() => onAsk({ about: "deletion", role })}>
          Delete
        </MenuItem>
      )}
    </Menu>
  );
}
