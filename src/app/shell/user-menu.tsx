import { useQuery } from "@tanstack/react-query";
import { useSession, useSignOut } from "@/features/auth";
import { platformOrganizationsQuery } from "@/features/platform";
import { myProfileQuery } from "@/features/profile";
import { paths } from "@/shared/lib/paths";
import { chooseTheme, useTheme } from "@/shared/lib/theme";
import { Building2, LogOut } from "@/shared/ui/icons";
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
  // Asked when the menu is first opened, and answered with nothing to everybody who does not run the platform.
  const { data: organizations } = useQuery(platformOrganizationsQuery());
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
        {organizations && organizations.length > 0 && (
          <MenuLink to={paths.platform} Icon={Building2}>
            Platform
          </MenuLink>
        )}
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
