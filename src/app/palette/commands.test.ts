import { describe, expect, test } from "vitest";
import { Sun } from "@/shared/ui/icons";
import { type Command, matching } from "./commands";

const command = (label: string, group = "Go to", keywords: string[] = []): Command => ({
  id: label,
  group,
  label,
  keywords,
  Icon: Sun,
  run: () => {},
});

const commands = [
  command("Home", "Go to", ["start"]),
  command("Members", "Go to", ["people", "colleagues"]),
  command("Dark theme", "Actions"),
  command("Switch to Contoso", "Organizations"),
  command("Über uns"),
];

const found = (text: string) => matching(commands, text).map(({ label }) => label);

describe("the commands", () => {
  test("are all there while nothing is typed", () => expect(found("")).toHaveLength(commands.length));
  test("are found by the beginning of any word, in any order", () => {
    expect(found("the da")).toEqual(["Dark theme"]);
    expect(found("cont")).toEqual(["Switch to Contoso"]);
  });
  test("are found by what people call them", () => expect(found("people")).toEqual(["Members"]));
  test("of that name come before related ones", () => {
    expect(matching([command("Status", "Go to", ["home"]), command("Home")], "home")[0]?.label).toBe("Home");
  });
  test("are found in every script and without regard to case", () => expect(found("ÜBER")).toEqual(["Über uns"]));
  test("that do not fit are not shown", () => expect(found("xyz")).toEqual([]));
});
