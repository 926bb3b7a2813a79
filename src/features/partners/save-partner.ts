// Saving what somebody changed on a partner: other fields merge with what was changed elsewhere, the same field is asked about.
import { AppError } from "@/shared/lib/errors";
import { partnerWorkspaceService } from "./services/partner-workspace-service";
import type { Partner, PartnerFields } from "./types";

type Field = keyof PartnerFields;

/** Somebody else changed the same fields meanwhile. Nothing was saved; the newest says what stands there now. */
export class PartnerConflict extends Error {
  readonly newest: Partner;
  readonly fields: readonly Field[];

  constructor(newest: Partner, fields: readonly Field[]) {
    super("Somebody else changed the same fields in the meantime.");
    this.name = "PartnerConflict";
    this.newest = newest;
    this.fields = fields;
  }

  /** What is left once one of them is settled. */
  without(field: Field): PartnerConflict {
    return new PartnerConflict(
      this.newest,
      this.fields.filter((each) => each !== field),
    );
  }
}

const fieldIn = (partner: Partner, field: Field) =>
  field === "ownerId" ? (partner.owner?.id ?? null) : partner[field];

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Only what differs from what was seen is sent. */
export function changedFields(seen: Partner, fields: PartnerFields): Partial<PartnerFields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([field, value]) => !isSame(value, fieldIn(seen, field as Field))),
  );
}

export async function savePartner(
  organizationId: string,
  seen: Partner,
  changes: Partial<PartnerFields>,
): Promise<Partner> {
  try {
    return await partnerWorkspaceService.updatePartner(organizationId, seen.id, changes, seen.version);
  } catch (error) {
    if (!(error instanceof AppError && error.code === "PW006")) throw error;
    const newest = await partnerWorkspaceService.getPartnerById(organizationId, seen.id);
    // The same version: it was not changed by somebody, it may not be changed by this person.
    if (newest.version === seen.version) throw new AppError("forbidden");
    const touched = (Object.keys(changes) as Field[]).filter(
      (field) =>
        !isSame(fieldIn(newest, field), fieldIn(seen, field)) && !isSame(fieldIn(newest, field), changes[field]),
    );
    if (touched.length > 0) throw new PartnerConflict(newest, touched);
    return partnerWorkspaceService.updatePartner(organizationId, seen.id, changes, newest.version);
  }
}
