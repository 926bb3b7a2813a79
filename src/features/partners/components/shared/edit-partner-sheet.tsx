import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useActiveOrganization } from "@/features/organizations";
import { useEditedCell } from "@/shared/lib/live/use-presence";
import { usePartnerRights } from "../../hooks/use-partner-rights";
import type { PartnerMutations } from "../../hooks/use-partner-workspace";
import { changedFields, PartnerConflict } from "../../save-partner";
import { fieldsOf, type PartnerValues, partnerSchema, valuesOf } from "../../schemas";
import { partnerFieldOf } from "../../services/partner-rows";
import type { Partner } from "../../types";
import { ConflictNotice } from "./conflict-notice";
import { cellOf } from "./edited-by";
import { FormSheet } from "./form-sheet";
import { meanwhile } from "./meanwhile";
import { AgreementFields, ContactFields, NotesFields, ProfileFields } from "./partner-fields";
import { showProblems } from "./show-problems";

export type PartnerSection = "profile" | "contact" | "agreement" | "notes";

const titles: Record<PartnerSection, string> = {
  profile: "Edit the profile",
  contact: "Edit the primary contact",
  agreement: "Edit the agreement",
  notes: "Edit the notes",
};

interface EditPartnerSheetProps {
  partner: Partner;
  section: PartnerSection;
  update: PartnerMutations["update"];
  onClose: () => void;
}

export function EditPartnerSheet({ partner, section, update, onClose }: EditPartnerSheetProps) {
  const { organization } = useActiveOrganization();
  const { mayChooseOwner } = usePartnerRights();
  // As it was when the form was opened: what others change meanwhile must not slip in unseen.
  const [seen, setSeen] = useState(partner);
  const [conflict, setConflict] = useState<PartnerConflict>();
  const [cell, setCell] = useState<string | null>(null);
  useEditedCell(organization.id, cell);
  const [problem, setProblem] = useState<string>();
  const form = useForm<PartnerValues, unknown, PartnerValues>({
    resolver: zodResolver(partnerSchema),
    defaultValues: valuesOf(partner),
  });
  const { control, register, handleSubmit, formState, setError, setValue } = form;
  const fields = { control, register, errors: formState.errors };

  const submit = handleSubmit(async (values) => {
    setProblem(undefined);
    const changes = changedFields(seen, fieldsOf(values));
    if (Object.keys(changes).length === 0) return onClose();
    try {
      await update(seen, changes);
      onClose();
    } catch (error) {
      if (error instanceof PartnerConflict) {
        // The person is told now: saving again is a decision. What they did not touch is as the others left it.
        const newest = valuesOf(error.newest);
        form.reset({ ...newest, ...pick(form.getValues(), Object.keys(changes)) }, { keepDefaultValues: true });
        setConflict(error);
        setSeen(error.newest);
      } else setProblem(showProblems(error, setError, partnerFieldOf));
    }
  });

  return (
    <FormSheet
      title={titles[section]}
      description={partner.name}
      submitLabel={conflict ? "Save mine" : "Save"}
      isBusy={formState.isSubmitting}
      isDirty={formState.isDirty}
      meanwhile={meanwhile(seen, partner)}
      problem={
        conflict ? (
          <ConflictNotice
            conflict={conflict}
            onTakeTheirs={(field) => {
              setValue(field, valuesOf(conflict.newest)[field], { shouldDirty: true });
              setConflict(conflict.without(field));
            }}
          />
        ) : (
          problem
        )
      }
      onFocus={(control) => setCell(cellOf(control))}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {section === "profile" && (
        <ProfileFields {...fields} owner={seen.owner} mayChooseOwner={mayChooseOwner} stored={partner} />
      )}
      {section === "contact" && <ContactFields {...fields} />}
      {section === "agreement" && <AgreementFields {...fields} />}
      {section === "notes" && <NotesFields {...fields} />}
    </FormSheet>
  );
}

function pick(values: PartnerValues, fields: string[]): Partial<PartnerValues> {
  return Object.fromEntries(Object.entries(values).filter(([field]) => fields.includes(field)));
}
