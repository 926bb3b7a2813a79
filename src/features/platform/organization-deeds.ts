// What the rows of the table can ask for.
import { createContext, useContext } from "react";
import type { PlatformOrganization } from "./types";

export type PlatformQuestion = {
  about: "state" | "subscription" | "access" | "closing";
  organization: PlatformOrganization;
};

const Ask = createContext<((question: PlatformQuestion) => void) | null>(null);

export const AskProvider = Ask.Provider;

export function useAsk(): (question: PlatformQuestion) => void {
  const ask = useContext(Ask);
  if (!ask) throw new Error("An organization's row stands outside of AskProvider.");
  return ask;
}
