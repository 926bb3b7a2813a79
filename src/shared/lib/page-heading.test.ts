import { beforeEach, expect, test } from "vitest";
import { forgetHeadings, rememberedHeading, rememberHeading } from "./page-heading";

const members = { title: "Members", description: "Who works in Alder." };

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
});

test("what stood at the top of a page is known the next time, and in a new tab", () => {
  rememberHeading("/admin/members", members);
  expect(rememberedHeading("/admin/members")).toEqual(members);
  expect(rememberedHeading("/")).toBeUndefined();
  sessionStorage.clear();
  expect(rememberedHeading("/admin/members")).toEqual(members);
});

test("a tab goes by what it showed itself, whatever another tab showed since", () => {
  rememberHeading("/admin/members", members);
  localStorage.setItem("headings", JSON.stringify({ "/admin/members": { title: "Members", description: "Birch." } }));
  expect(rememberedHeading("/admin/members")).toEqual(members);
});

test("nothing of it is left for the next person", () => {
  rememberHeading("/admin/members", members);
  forgetHeadings();
  expect(localStorage.length + sessionStorage.length).toBe(0);
  expect(rememberedHeading("/admin/members")).toBeUndefined();
});

test("what cannot be read is taken for nothing", () => {
  localStorage.setItem("headings", "{");
  expect(rememberedHeading("/")).toBeUndefined();
});
