import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { MoneyField } from "@/shared/ui/money-field";
import { TextArea } from "@/shared/ui/text-area";
import { TextField } from "@/shared/ui/text-field";
import { useChoices } from "../../hooks/use-choices";
import { useClientKey } from "../../hooks/use-client-key";
import type { ReferralMutations } from "../../hooks/use-partner-referrals";
import { useSaving } from "../../hooks/use-saving";
import { type ReferralValues, referralFieldsOf, referralSchema } from "../../schemas";
import type { Person, Referral } from "../../types";
import { FormSheet } from "../shared/form-sheet";
import { meanwhile } from "../shared/meanwhile";
import { PersonField } from "../shared/person-field";

interface ReferralSheetProps {
  /** None for a new one. */
  referral: Referral | null;
  partnerName: string;
  me: Person;
  mayChooseOwner: boolean;
  mutations: ReferralMutations;
  onClose: () => void;
}

const columns: Record<string, keyof ReferralValues> = {
  client_name: "clientName",
  client_email: "clientEmail",
  client_company: "clientCompany",
  client_website: "clientWebsite",
  account_domain: "clientWebsite",
  estimated_value: "value",
  currency: "value",
  owner_id: "ownerId",
  notes: "notes",
};

export function ReferralSheet({ referral, partnerName, me, mayChooseOwner, mutations, onClose }: ReferralSheetProps) {
  const { currencies } = useChoices();
  const key = useClientKey();
  // As it was when the form was opened; once told that there is a newer one, against that.
  const [seen] = useState(referral);
  const { control, register, handleSubmit, formState, setError } = useForm<ReferralValues>({
    resolver: zodResolver(referralSchema),
    defaultValues: {
      clientName: referral?.clientName ?? "",
      clientEmail: referral?.clientEmail ?? "",
      clientCompany: referral?.clientCompany ?? "",
      clientWebsite: referral?.clientWebsite ?? "",
      value: {
        amount: plain(referral?.estimatedValue ?? ""),
        currency: referral?.currency ?? currencies[0] ?? "USD",
      },
      ownerId: referral ? (referral.owner?.id ?? null) : me.id,
      notes: referral?.notes ?? "",
    },
  });
  const saving = useSaving<ReferralValues>({ setError, fieldOf: (column) => columns[column], onSaved: onClose });
  const against = saving.isStale ? referral : seen;
  const submit = handleSubmit((values) =>
    saving.save(() =>
      against
        ? mutations.update(against, referralFieldsOf(values))
        : mutations.create(referralFieldsOf(values), key.get()),
    ),
  );
  const { errors } = formState;
  const stored = referral?.currency;

  return (
    <FormSheet
      title={referral ? "Edit the referral" : "New referral"}
      description={referral ? referral.clientName : `A client that ${partnerName} brings.`}
      submitLabel={referral ? "Save" : "Add referral"}
      isBusy={formState.isSubmitting}
      isDirty={formState.isDirty}
      meanwhile={meanwhile(seen, referral)}
      problem={saving.problem}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <TextField
        label="Client's name"
        required
        autoComplete="off"
        error={errors.clientName?.message}
        {...register("clientName")}
      />
      <TextField
        label="Company"
        autoComplete="off"
        error={errors.clientCompany?.message}
        {...register("clientCompany")}
      />
      <TextField
        label="E-mail address"
        inputMode="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={errors.clientEmail?.message}
        {...register("clientEmail")}
      />
      <TextField
        label="Website"
        placeholder="company.com"
        inputMode="url"
        autoCapitalize="none"
        spellCheck={false}
        error={errors.clientWebsite?.message}
        {...register("clientWebsite")}
      />
      <Controller
        control={control}
        name="value"
        render={({ field, fieldState }) => (
          <MoneyField
            label="Estimated value"
            {...field}
            currencies={stored && !currencies.includes(stored) ? [stored, ...currencies] : currencies}
            error={fieldState.error?.message ?? fieldState.error?.root?.message}
          />
        )}
      />
      <Controller
        control={control}
        name="ownerId"
        render={({ field, fieldState }) => (
          <PersonField
            label="Owner"
            help={mayChooseOwner ? "Who follows it up." : "Your role follows up referrals of its own."}
            {...field}
            readOnly={!mayChooseOwner}
            error={fieldState.error?.message}
            known={referral?.owner ? [referral.owner, me] : [me]}
          />
        )}
      />
      <TextArea
        label="Notes"
        help="For your colleagues. The partner does not see them."
        rows={4}
        error={errors.notes?.message}
        {...register("notes")}
      />
    </FormSheet>
  );
}

/** Stored with four places; people see and change no more than there are. */
const plain = (amount: string): string =>
  amount.includes(".") ? amount.replace(/0+$/, "").replace(/\.$/, "") : amount;
