import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useChoices } from "../../hooks/use-choices";
import { useCreatePartner } from "../../hooks/use-create-partner";
import { usePartnerRights } from "../../hooks/use-partner-rights";
import { fieldsOf, type PartnerValues, partnerSchema } from "../../schemas";
import { partnerFieldOf } from "../../services/partner-rows";
import type { Partner } from "../../types";
import { FormSheet } from "./form-sheet";
import { ContactFields, ProfileFields } from "./partner-fields";
import { showProblems } from "./show-problems";

interface NewPartnerSheetProps {
  organizationId: string;
  /** Of the person who creates it, and looks after it until somebody else does. */
  me: { id: string; name: string; colour: string };
  onCreated: (partner: Partner) => void;
  onClose: () => void;
}

export function NewPartnerSheet({ organizationId, me, onCreated, onClose }: NewPartnerSheetProps) {
  const { statuses } = useChoices();
  const { mayChooseOwner } = usePartnerRights();
  const create = useCreatePartner(organizationId);
  const [problem, setProblem] = useState<string>();
  const { control, register, handleSubmit, formState, setError } = useForm<PartnerValues, unknown, PartnerValues>({
    resolver: zodResolver(partnerSchema),
    defaultValues: { ...nothing, status: statuses[0]?.key ?? "", ownerId: me.id },
  });
  const fields = { control, register, errors: formState.errors };

  const submit = handleSubmit(async (values) => {
    setProblem(undefined);
    try {
      onCreated(await create(fieldsOf(values)));
    } catch (error) {
      setProblem(showProblems(error, setError, partnerFieldOf));
    }
  });

  return (
    <FormSheet
      title="New partner"
      description="A name is enough to begin with. The agreement and everything else can follow."
      submitLabel="Create partner"
      isBusy={formState.isSubmitting}
      isDirty={formState.isDirty}
      problem={problem}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <ProfileFields {...fields} owner={me} mayChooseOwner={mayChooseOwner} />
      <h3 className="border-t border-line pt-4 font-semibold">Primary contact</h3>
      <ContactFields {...fields} />
    </FormSheet>
  );
}

const nothing: PartnerValues = {
  name: "",
  website: "",
  domain: null,
  status: "",
  tier: null,
  region: null,
  ownerId: null,
  tags: [],
  contactName: "",
  contactEmail: "",
  contactPhone: "",
  contactRole: "",
  agreementStartsOn: "",
  agreementEndsOn: "",
  agreementRenewsOn: "",
  agreementTerms: "",
  notes: "",
};
