import { act, render, screen } from "@testing-library/react";
import { useState } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { createMemoryRouter, RouterProvider } from "@/shared/lib/router";
import { useActiveOrganization } from "../hooks/use-active-organization";
import type { Can, Organization } from "../types";
import { RequirePermission } from "./require-permission";

vi.mock("../hooks/use-active-organization");
vi.mock("./no-access", () => ({ NoAccess: ({ permission }: { permission: string }) => <p>Missing {permission}</p> }));

const organization = (id: string): Organization => ({
  id,
  name: id,
  slug: id,
  parentId: null,
  subscriptionTier: "basic",
  isActive: true,
  seatLimit: 5,
  roleKey: "sales_rep",
  roleName: "Sales rep",
  permissions: {},
  platformAccessUntil: null,
});

function stand(id: string, can: Can) {
  vi.mocked(useActiveOrganization).mockReturnValue({
    organization: organization(id),
    organizations: [],
    can,
    switchTo: () => {},
  });
}

/** Draws the page again when what it stands in has changed. */
let drawAgain = () => {};

function Page() {
  const [, setTurn] = useState(0);
  drawAgain = () => act(() => setTurn((turn) => turn + 1));
  return <RequirePermission permission="audit.read">The audit log</RequirePermission>;
}

function show() {
  const routes = [
    { path: "/", element: "The start page" },
    { path: "/admin/audit", Component: Page },
  ];
  render(<RouterProvider router={createMemoryRouter(routes, { initialEntries: ["/admin/audit"] })} />);
}

beforeEach(() => {
  vi.mocked(useActiveOrganization).mockReset();
});

test("who has the right sees the page, also with a right to their own alone", () => {
  stand("alder", () => "own");
  show();
  expect(screen.getByText("The audit log")).toBeDefined();
});

test("who lacks it is told which right it is", () => {
  stand("alder", () => false);
  show();
  expect(screen.getByText("Missing audit.read")).toBeDefined();
});

test("who loses it while they are on the page is told so there", () => {
  stand("alder", () => "all");
  show();
  stand("alder", () => false);
  drawAgain();
  expect(screen.getByText("Missing audit.read")).toBeDefined();
});

test("who switches to an organization where the page is not for them is led to the start page", () => {
  stand("alder", () => "all");
  show();
  stand("birch", () => false);
  drawAgain();
  expect(screen.getByText("The start page")).toBeDefined();
});
