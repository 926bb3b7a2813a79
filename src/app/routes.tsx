import { partnerPath, paths } from "@/shared/lib/paths";
import { createBrowserRouter, matchRoutes, type RouteObject } from "@/shared/lib/router";
import { Layout, shell } from "./layout";
import { isPageHandle, page } from "./page";
import { RouteError } from "./route-error";
import { Splash } from "./splash";

/** Every page inside the shell. A link to it goes into navigation.ts. */
const pages: RouteObject[] = [
  page({ path: paths.home, title: "Home" }, async () => (await import("./home/home-page")).HomePage),
  page(
    { path: paths.settings, title: "Settings", personal: true },
    async () => (await import("@/features/settings/pages/profile-page")).ProfilePage,
  ),
  page(
    {
      path: paths.settingsNotifications,
      title: "Notifications",
      under: { title: "Settings", path: paths.settings },
      personal: true,
    },
    async () => (await import("@/features/settings/pages/notifications-page")).NotificationsPage,
  ),
  page(
    {
      path: paths.settingsSecurity,
      title: "Security",
      under: { title: "Settings", path: paths.settings },
      personal: true,
    },
    async () => (await import("@/features/settings/pages/security-page")).SecurityPage,
  ),
  page(
    { path: paths.partners, title: "Partners", permission: "partners.read" },
    async () => (await import("@/features/partners/pages/partners-directory-page")).PartnersDirectoryPage,
  ),
  page(
    {
      path: partnerPath(":partnerId"),
      title: "Partner",
      under: { title: "Partners", path: paths.partners },
      permission: "partners.read",
    },
    async () => (await import("@/features/partners/pages/partner-workspace-page")).PartnerWorkspacePage,
  ),
  page(
    { path: paths.members, title: "Members", permission: "members.read" },
    async () => (await import("@/features/members/pages/members-page")).MembersPage,
  ),
  page(
    { path: paths.roles, title: "Roles", permission: "members.read" },
    async () => (await import("@/features/roles/pages/roles-page")).RolesPage,
  ),
  page(
    { path: paths.platform, title: "Platform", personal: true },
    async () => (await import("@/features/platform/pages/platform-page")).PlatformPage,
  ),
  page(
    { path: paths.audit, title: "Audit log", permission: "audit.read" },
    async () => (await import("@/features/audit/pages/audit-page")).AuditPage,
  ),
  page(
    { path: `${paths.configuration}/:category?`, title: "Configuration", permission: "config.read" },
    async () => (await import("@/features/configuration/pages/configuration-page")).ConfigurationPage,
  ),
  page(
    { path: paths.status, title: "System status", personal: true },
    async () => (await import("@/features/status/pages/status-page")).StatusPage,
  ),
  page(
    { path: paths.design, title: "Design system", personal: true },
    async () => (await import("@/features/design/pages/design-page")).DesignPage,
  ),
];

export const routes: RouteObject[] = [
  {
    errorElement: <RouteError />,
    // Stands until the first page's code is there. React would keep a fallback of its own for 300 ms at least.
    hydrateFallbackElement: <Splash />,
    children: [
      {
        path: paths.signIn,
        lazy: async () => ({ Component: (await import("@/features/auth/pages/sign-in-page")).SignInPage }),
      },
      {
        path: paths.welcome,
        lazy: async () => ({ Component: (await import("@/features/organizations/pages/welcome-page")).WelcomePage }),
      },
      {
        path: paths.invitation,
        lazy: async () => ({
          Component: (await import("@/features/organizations/pages/invitation-page")).InvitationPage,
        }),
      },
      {
        path: paths.signUp,
        lazy: async () => ({ Component: (await import("@/features/auth/pages/sign-up-page")).SignUpPage }),
      },
      {
        path: paths.forgotPassword,
        lazy: async () => ({
          Component: (await import("@/features/auth/pages/forgot-password-page")).ForgotPasswordPage,
        }),
      },
      {
        path: paths.resetPassword,
        lazy: async () => ({
          Component: (await import("@/features/auth/pages/reset-password-page")).ResetPasswordPage,
        }),
      },
      {
        path: paths.confirm,
        lazy: async () => {
          const { ConfirmPage, confirmLoader } = await import("@/features/auth/pages/confirm-page");
          return { Component: ConfirmPage, loader: confirmLoader };
        },
      },
      {
        element: <Layout />,
        children: [
          {
            // Inside the layout: a page that fails leaves the way to the others.
            errorElement: <RouteError />,
            children: [
              ...pages,
              page(
                { path: "*", title: "Not found", personal: true },
                async () => (await import("./not-found-page")).NotFoundPage,
              ),
            ],
          },
        ],
      },
    ],
  },
];

/** Starts loading what the address needs. Nothing has to wait for it: a part that fails is asked for again when it is drawn. */
export function preloadAddress(pathname: string): void {
  const pages = (matchRoutes(routes, pathname) ?? []).map(({ route }) => route.handle).filter(isPageHandle);
  if (pages.length > 0) for (const part of [shell, ...pages]) part.preload().catch(() => {});
}

export const createRouter = () => createBrowserRouter(routes);
