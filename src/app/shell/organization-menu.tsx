import { useOrganizations } from "@/features/organizations";
import { paths } from "@/shared/lib/paths";
import { Plus } from "@/shared/ui/icons";
import { Menu, MenuLink, MenuRadioGroup, MenuSeparator } from "@/shared/ui/menu";
import { Pill } from "@/shared/ui/pill";
import type { LoadedMenuProps } from "./menu-button";

export function OrganizationMenu(menu: LoadedMenuProps) {
  return (
    <Menu {...menu}>
      <Choices />
    </Menu>
  );
}

/** Put in order when the menu is opened, and not each time its closed button is drawn. */
function Choices() {
  const { organization, organizations, switchTo } = useOrganizations();
  const listed = organizations.toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <>
      {listed.length > 0 && (
        <>
          <MenuRadioGroup
            label="Your organizations"
            value={organization?.id ?? ""}
            onValueChange={switchTo}
            options={listed.map(({ id, name, roleKey, roleName, isActive }) => ({
              value: id,
              label: (
                <span className="flex items-center gap-3">
                  <bdi className="min-w-0 flex-1 truncate font-medium">{name}</bdi>
                  {!isActive ? (
                    <Pill tone="warn">Suspended</Pill>
                  ) : roleKey === null ? (
                    // Let in for a while to look, by whoever runs the platform.
                    <Pill tone="warn">Read only</Pill>
                  ) : (
                    <span className="text-small text-ink-3">{roleName}</span>
                  )}
                </span>
              ),
            }))}
          />
          <MenuSeparator />
        </>
      )}
      <MenuLink to={paths.welcome} Icon={Plus}>
        Create organization
      </MenuLink>
    </>
  );
}
