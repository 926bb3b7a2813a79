// What the rows of the table can ask for. The page decides how it is asked and confirmed.
import { createContext, useContext } from "react";
import type { Member } from "./types";

export interface MemberDeeds {
  /** Of the person who looks. */
  ownId: string;
  canManage: boolean;
  changeRole(member: Member): void;
  deactivate(member: Member): void;
  reactivate(member: Member): void;
  leave(): void;
}

const Deeds = createContext<MemberDeeds | null>(null);

export const MemberDeedsProvider = Deeds.Provider;

export function useMemberDeeds(): MemberDeeds {
  const deeds = useContext(Deeds);
  if (!deeds) throw new Error("A member's row stands outside of MemberDeedsProvider.");
  return deeds;
}
