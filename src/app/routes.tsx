import { paths } from "@/shared/lib/paths";
import { createBrowserRouter, type RouteObject } from "@/shared/lib/router";
import { Layout } from "./layout";
import { NotFoundPage } from "./not-found-page";
import { RouteError } from "./route-error";

export const routes: RouteObject[] = [
  {
    errorElement: <RouteError />,
    // Shown only while the first page's code is on its way.
    hydrateFallbackElement: <></>,
    children: [
      {
        path: paths.signIn,
        lazy: async () => ({ Component: (await import("@/features/auth/pages/sign-in-page")).SignInPage }),
      },
      {
        element: <Layout />,
        children: [
          {
            // Inside the layout: a page that fails leaves the way to the others.
            errorElement: <RouteError />,
            children: [
              {
                path: paths.home,
                lazy: async () => ({ Component: (await import("@/features/status/pages/status-page")).StatusPage }),
              },
            ],
          },
        ],
      },
      { path: "*", element: <NotFoundPage /> },
    ],
  },
];

export const createRouter = () => createBrowserRouter(routes);
