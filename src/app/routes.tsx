import { lazy } from "react";
import { paths } from "@/shared/lib/paths";
import { createBrowserRouter, type RouteObject } from "@/shared/lib/router";
import { Layout } from "./layout";
import { NotFoundPage } from "./not-found-page";
import { RouteError } from "./route-error";
import { Splash } from "./splash";

// Loaded when it is drawn and not when its address is met: who is sent to sign in downloads sign-in alone.
const StatusPage = lazy(async () => ({ default: (await import("@/features/status/pages/status-page")).StatusPage }));
const DesignPage = lazy(async () => ({ default: (await import("@/features/design/pages/design-page")).DesignPage }));

const routes: RouteObject[] = [
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
        element: <Layout />,
        // Inside the layout: a page that fails leaves the way to the others.
        children: [
          {
            errorElement: <RouteError />,
            children: [
              { path: paths.home, element: <StatusPage /> },
              { path: paths.design, element: <DesignPage /> },
            ],
          },
        ],
      },
      { path: "*", element: <NotFoundPage /> },
    ],
  },
];

export const createRouter = () => createBrowserRouter(routes);
