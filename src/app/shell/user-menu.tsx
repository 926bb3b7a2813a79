import { useQuery } from "@tanstack/react-query";
import { useSession, useSignOut } from "@/features/auth";
import { myProfileQuery } from "@/features/profile";
import { chooseTheme, useTheme } from "@/shared/lib/theme";
import { LogOut } from "@/shared/ui/icons";
import { Menu, MenuGroup, MenuItem, MenuLink, MenuRadioGroup, MenuSeparator } from "@/shared/ui/menu";
import { personalItems } from "../navigation";
import type { LoadedMenuProps } from "./menu-button";

const themes = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "system", label: "As the system" },
] as const;

export function UserMenu(menu: LoadedMenuProps) {
  const { user } = useSession();
  const { data: profile } = useQuery(myProfileQuery());
  const { signOut } = useSignOut();
  const theme = useTheme();
  const address = user?.email ?? "";
  const name = profile?.displayName;
  return (
    <Menu {...menu} align="end">
      <MenuGroup label={name && name !== address ? `${name} · ${address}` : address}>
        {personalItems.map(({ path, label, Icon }) => (
          <MenuLink key={path} to={path} Icon={Icon}>
            {label}
          </MenuLink>
        ))}
      </MenuGroup>
      <MenuSeparator />
      <MenuRadioGroup label="Theme" value={theme} onValueChange={chooseTheme} options={themes} />
      <MenuSeparator />
      <MenuItem Icon={LogOut} onSelect={signOut}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
