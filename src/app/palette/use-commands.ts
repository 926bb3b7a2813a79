import { useSignOut } from "@/features/auth";
import { useOrganizations } from "@/features/organizations";
import { paths } from "@/shared/lib/paths";
import { useNavigate } from "@/shared/lib/router";
import { chooseTheme } from "@/shared/lib/theme";
import { Building2, LogOut, Monitor, Moon, Plus, Sun } from "@/shared/ui/icons";
import { personalItems } from "../navigation";
import { useNavigation } from "../shell/use-navigation";
import type { Command } from "./commands";

/** Everything the palette can do for this person, by itself. */
export function useCommands(): Command[] {
  const { groups } = useNavigation();
  const { organization, organizations, switchTo } = useOrganizations();
  const { signOut } = useSignOut();
  const navigate = useNavigate();
  const places = [...groups.flatMap(({ items }) => items), ...personalItems];
  return [
    ...places.map(({ path, label, Icon, keywords }) => ({
      id: `go:${path}`,
      group: "Go to",
      label,
      Icon,
      ...(keywords && { keywords }),
      run: () => void navigate(path),
    })),
    ...organizations
      .filter(({ id }) => id !== organization?.id)
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .map(({ id, name, isActive }) => ({
        id: `switch:${id}`,
        group: "Organizations",
        label: `Switch to ${name}${isActive ? "" : " (suspended)"}`,
        Icon: Building2,
        run: () => switchTo(id),
      })),
    {
      id: "organization:create",
      group: "Organizations",
      label: "Create organization",
      Icon: Plus,
      keywords: ["new", "tenant"],
      run: () => void navigate(paths.welcome),
    },
    {
      id: "theme:light",
      group: "Actions",
      label: "Light theme",
      Icon: Sun,
      keywords: ["appearance", "bright"],
      run: () => chooseTheme("light"),
    },
    {
      id: "theme:dark",
      group: "Actions",
      label: "Dark theme",
      Icon: Moon,
      keywords: ["appearance", "night"],
      run: () => chooseTheme("dark"),
    },
    {
      id: "theme:system",
      group: "Actions",
      label: "Theme of the system",
      Icon: Monitor,
      keywords: ["appearance", "automatic"],
      run: () => chooseTheme("system"),
    },
    { id: "sign-out", group: "Actions", label: "Sign out", Icon: LogOut, keywords: ["log out", "leave"], run: signOut },
  ];
}
