import { render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { createMemoryRouter, Outlet, RouterProvider } from "@/shared/lib/router";
import { RouteError } from "./route-error";

// React and the router report what a boundary caught; here that is expected.
beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});

function Broken({ error }: { error: Error }): never {
  throw error;
}

function show(error: Error) {
  const router = createMemoryRouter([
    {
      element: (
        <>
          <nav>Still here</nav>
          <Outlet />
        </>
      ),
      children: [{ errorElement: <RouteError />, children: [{ path: "/", element: <Broken error={error} /> }] }],
    },
  ]);
  render(<RouterProvider router={router} />);
}

test("a page that fails says so, and what is around it stays", async () => {
  show(new Error("cannot read x of undefined"));
  expect((await screen.findByRole("alert")).textContent).toContain("This page met an error");
  expect(screen.getByRole("button", { name: "Try again" })).toBeDefined();
  expect(screen.getByText("Still here")).toBeDefined();
  expect(screen.queryByText(/cannot read/)).toBeNull();
});

test("a part that is gone after an update is told apart from an error", async () => {
  show(new TypeError("Failed to fetch dynamically imported module: /assets/x.js"));
  expect((await screen.findByRole("alert")).textContent).toContain("newer version");
});
