// Inviting several people at once: one after another, so that the last seat goes to the first of the list, each with an outcome
// of its own.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type AppError, toAppError } from "@/shared/lib/errors";
import { memberKeys } from "../queries";
import { refusalReason } from "../refusal-reason";
import { invite } from "../services/invitation-service";

export interface Outcome {
  address: string;
  state: "waiting" | "sent" | "link" | "refused";
  /** Where the mail did not go out: to be handed over. */
  link?: string;
  /** Why it was refused. */
  reason?: string;
}

/** What ends the whole list: the rest would be refused alike. */
const endsAll = new Set(["offline", "unauthenticated", "throttled", "unavailable"]);

export function useInvite(organizationId: string) {
  const queryClient = useQueryClient();
  const [outcomes, setOutcomes] = useState<Outcome[]>([]);
  const [isBusy, setBusy] = useState(false);

  /** Answers with the addresses that were not invited, to be corrected and tried again. */
  async function inviteAll(addresses: string[], roleId: string): Promise<string[]> {
    setBusy(true);
    setOutcomes(addresses.map((address) => ({ address, state: "waiting" })));
    const left: string[] = [];
    let ended: AppError | undefined;
    for (const address of addresses) {
      const { told, error } = ended ? refusal(address, ended) : await inviteOne(organizationId, address, roleId);
      if (error && endsAll.has(error.kind)) ended = error;
      if (told.state === "refused") left.push(address);
      setOutcomes((all) => all.map((each) => (each.address === address ? told : each)));
    }
    // With the last outcome and not after the list was read anew: whoever is done can go at once.
    setBusy(false);
    void queryClient.invalidateQueries({ queryKey: memberKeys.of(organizationId) });
    return left;
  }

  return { inviteAll, outcomes, isBusy };
}

interface Attempt {
  told: Outcome;
  error?: AppError;
}

async function inviteOne(organizationId: string, address: string, roleId: string): Promise<Attempt> {
  try {
    const { mailed, link } = await invite(organizationId, address, roleId);
    return { told: mailed ? { address, state: "sent" } : { address, state: "link", link } };
  } catch (cause) {
    return refusal(address, toAppError(cause));
  }
}

function refusal(address: string, error: AppError): Attempt {
  return { told: { address, state: "refused", reason: refusalReason(error) }, error };
}
