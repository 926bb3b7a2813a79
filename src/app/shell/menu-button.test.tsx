import { act, fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { lazyPart } from "../lazy-part";
import { type LoadedMenuProps, MenuButton } from "./menu-button";

// Stands for the menu: says whether it would be open.
const Loaded = ({ trigger, defaultOpen }: LoadedMenuProps) => (
  <>
    {trigger}
    <p>{defaultOpen ? "open" : "closed"}</p>
  </>
);

let rest: () => void = () => {};
beforeEach(() => {
  vi.stubGlobal("requestIdleCallback", (act: () => void) => {
    rest = act;
    return 1;
  });
  vi.stubGlobal("cancelIdleCallback", () => {});
});

function show() {
  let arrive = () => {};
  const arrived = new Promise<typeof Loaded>((resolve) => {
    arrive = () => resolve(Loaded);
  });
  render(<MenuButton menu={lazyPart(() => arrived)} look={{ className: "", children: <>Account</> }} />);
  return { arrive: () => act(async () => arrive()) };
}

const button = () => screen.getByRole("button", { name: "Account" });

test("a menu fetched while the page is at rest stays closed, and the button keeps the focus", async () => {
  const { arrive } = show();
  button().focus();
  act(rest);
  await arrive();
  expect(screen.getByText("closed")).toBeDefined();
  expect(document.activeElement).toBe(button());
});

test("a menu that is pressed for opens when it is there", async () => {
  const { arrive } = show();
  fireEvent.click(button());
  await arrive();
  expect(screen.getByText("open")).toBeDefined();
});

test("a menu that is pressed for while it is being fetched anyway opens too", async () => {
  const { arrive } = show();
  act(rest);
  fireEvent.click(button());
  await arrive();
  expect(screen.getByText("open")).toBeDefined();
});
