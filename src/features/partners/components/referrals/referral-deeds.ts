// What the rows of the table can ask for. The tab decides how it is asked and done.
import { createContext, useContext } from "react";
import type { Choice, Referral } from "../../types";

export interface ReferralDeeds {
  mayEdit(referral: Referral): boolean;
  edit(referral: Referral): void;
  /** Not there for those who may not decide. */
  advance: ((referral: Referral, stage: Choice) => void) | null;
}

const Deeds = createContext<ReferralDeeds | null>(null);

export const ReferralDeedsProvider = Deeds.Provider;

export function useReferralDeeds(): ReferralDeeds {
  const deeds = useContext(Deeds);
  if (!deeds) throw new Error("A referral's row stands outside of ReferralDeedsProvider.");
  return deeds;
}
