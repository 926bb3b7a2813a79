import { useState } from "react";
import { AppError } from "@/shared/lib/errors";
import { verifyChain } from "../services/audit-service";
import type { ChainVerdict } from "../types";

interface Verification {
  /** From 0 to 1 while it is under way. */
  progress: number | null;
  verdict: ChainVerdict | null;
  problem: string | null;
}

const none: Verification = { progress: null, verdict: null, problem: null };

/** Follows the chain stretch by stretch: a long one takes more than a request may. */
export function useVerification(organizationId: string) {
  const [state, setState] = useState(none);

  async function verify() {
    setState({ ...none, progress: 0 });
    try {
      let verdict = await verifyChain(organizationId, 0);
      while (verdict.ok && verdict.verifiedUpTo < verdict.head) {
        setState({ ...none, progress: verdict.verifiedUpTo / verdict.head });
        verdict = await verifyChain(organizationId, verdict.verifiedUpTo);
      }
      setState({ ...none, verdict });
    } catch (error) {
      setState({
        ...none,
        problem: error instanceof AppError ? error.message : "It could not be verified. Try again.",
      });
    }
  }

  return { ...state, verify: () => void verify() };
}
