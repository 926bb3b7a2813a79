import { lazy, Suspense } from "react";
import { paths } from "@/shared/lib/paths";
import { createBrowserRouter, Outlet, type RouteObject } from "@/shared/lib/router";
import { Layout } from "./layout";
import { NotFoundPage } from "./not-found-page";
import { RouteError } from "./route-error";
import { Splash } from "./splash";

// Loaded when they are drawn and not when their address is met: who is sent to sign in downloads sign-in alone.
const SignInPage = lazy(async () => ({ default: (await import("@/features/auth/pages/sign-in-page")).SignInPage }));
const StatusPage = lazy(async () => ({ default: (await import("@/features/status/pages/status-page")).StatusPage }));

const routes: RouteObject[] = [
  {
    errorElement: <RouteError />,
    element: (
      <Suspense fallback={<Splash />}>
        <Outlet />
      </Suspense>
    ),
    children: [
      { path: paths.signIn, element: <SignInPage /> },
      {
        element: <Layout />,
        // Inside the layout: a page that fails leaves the way to the others.
        children: [{ errorElement: <RouteError />, children: [{ path: paths.home, element: <StatusPage /> }] }],
      },
      { path: "*", element: <NotFoundPage /> },
    ],
  },
];

export const createRouter = () => createBrowserRouter(routes);
