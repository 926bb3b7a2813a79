import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSession } from "@/features/auth";
import { useActiveOrganization } from "@/features/organizations";
import { usePresence } from "@/shared/lib/live/use-presence";
import { partnerFieldNamed } from "../field-labels";
import { peopleQuery } from "../queries";
import type { PersonHere } from "../types";

/** Colleagues who have the directory or a partner open, by the names that this person may read. */
export function usePeopleHere(partnerId: string | null): PersonHere[] {
  const { user } = useSession();
  const { organization, can } = useActiveOrganization();
  const present = usePresence({
    organizationId: organization.id,
    userId: user?.id ?? "",
    record: partnerId,
    isAllowed: can("partners.read") === "all",
  });
  const ids = useMemo(() => present.map(({ userId }) => userId).sort(), [present]);
  const { data: people } = useQuery({
    ...peopleQuery(organization.id, ids),
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
  });
  return useMemo(
    () =>
      present.flatMap(({ userId, record, cell }) => {
        const person = people?.find(({ id }) => id === userId);
        return person ? [{ ...person, partnerId: record, field: partnerFieldNamed(cell) }] : [];
      }),
    [present, people],
  );
}
