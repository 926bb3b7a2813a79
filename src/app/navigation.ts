// Where one can go. Only pages that exist: a test holds every path here against the routes.
import type { Can } from "@/features/organizations";
import { configurationPath, paths } from "@/shared/lib/paths";
import type { Permission } from "@/shared/lib/permissions";
import {
  Activity,
  Bell,
  Handshake,
  House,
  KeyRound,
  type LucideIcon,
  ScrollText,
  Settings,
  ShieldCheck,
  SlidersHorizontal,
  Users,
} from "@/shared/ui/icons";

export interface NavigationItem {
  path: string;
  label: string;
  Icon: LucideIcon;
  /** What one does there, for its card on the start page. */
  description?: string;
  /** Who lacks it is not shown the way there. */
  permission?: Permission;
  /** There without an organization too. */
  personal?: boolean;
  /** What else people type when they look for it. */
  keywords?: string[];
  /** Has a place of its own at the bottom of a phone; the others are under More. */
  onPhone?: boolean;
}

export interface NavigationGroup {
  /** None for what stands above all groups. */
  label: string | null;
  items: NavigationItem[];
}

export const navigation: NavigationGroup[] = [
  {
    label: null,
    items: [{ path: paths.home, label: "Home", Icon: House, keywords: ["start", "dashboard"], onPhone: true }],
  },
  {
    // The pipeline and commissions of the partners have their place here too.
    label: "Partner workspace",
    items: [
      {
        path: paths.partners,
        label: "Partners",
        Icon: Handshake,
        description: "The companies you work with: who looks after them, what was agreed, and what happens with them.",
        permission: "partners.read",
        onPhone: true,
        keywords: ["directory", "companies", "accounts", "referrals", "agreements"],
      },
      {
        path: configurationPath("partners"),
        label: "Partner settings",
        Icon: SlidersHorizontal,
        description: "Statuses, tiers, domains, regions and health weights that partners are sorted and judged by.",
        permission: "config.read",
        keywords: ["partners", "tiers", "statuses", "regions", "health"],
      },
    ],
  },
  {
    label: "Admin",
    items: [
      {
        path: paths.members,
        label: "Members",
        Icon: Users,
        description: "Everybody who works here, with their roles, and who is invited.",
        permission: "members.read",
        onPhone: true,
        keywords: ["people", "invite", "users", "seats", "team"],
      },
      {
        path: paths.roles,
        label: "Roles",
        Icon: ShieldCheck,
        description: "What each role may see and do, right by right.",
        permission: "members.read",
        keywords: ["permissions", "rights", "access", "matrix"],
      },
      {
        path: paths.configuration,
        label: "Configuration",
        Icon: SlidersHorizontal,
        description: "Statuses, tiers, stages, rates and targets: how this organization works.",
        permission: "config.read",
        onPhone: true,
        keywords: ["settings", "setup", "tiers", "stages", "currency", "commission"],
      },
      {
        path: paths.audit,
        label: "Audit log",
        Icon: ScrollText,
        description: "Who changed what, and when, proven by a hash chain.",
        permission: "audit.read",
        keywords: ["history", "changes", "log", "compliance"],
      },
    ],
  },
];

/** The person's own pages: in the user menu. */
export const personalItems: NavigationItem[] = [
  {
    path: paths.settings,
    label: "Settings",
    Icon: Settings,
    personal: true,
    keywords: ["profile", "name", "colour", "theme", "language", "time zone", "account"],
  },
  {
    path: paths.settingsNotifications,
    label: "Notification settings",
    Icon: Bell,
    personal: true,
    keywords: ["mail", "e-mail", "alerts"],
  },
  {
    path: paths.settingsSecurity,
    label: "Security",
    Icon: KeyRound,
    personal: true,
    keywords: ["password", "e-mail address", "sessions", "devices", "sign out everywhere"],
  },
  {
    path: paths.status,
    label: "System status",
    Icon: Activity,
    personal: true,
    keywords: ["health", "backend", "version"],
  },
];

/** What this person is shown: nothing that would only tell them that it is not for them, and no empty group. */
export function navigationFor(groups: NavigationGroup[], can: Can, hasOrganization: boolean): NavigationGroup[] {
  return groups
    .map(({ label, items }) => ({
      label,
      items: items.filter(
        ({ permission, personal }) =>
          (personal || hasOrganization) && (permission === undefined || can(permission) !== false),
      ),
    }))
    .filter(({ items }) => items.length > 0);
}

/** The item of a page, also of one below it: the longest path wins, and home is only itself. */
export function itemAt(groups: NavigationGroup[], pathname: string): NavigationItem | undefined {
  return groups
    .flatMap(({ items }) => items)
    .filter(({ path }) => pathname === path || (path !== paths.home && pathname.startsWith(`${path}/`)))
    .sort((a, b) => b.path.length - a.path.length)[0];
}
