import { type Control, Controller, type FieldErrors, type UseFormRegister } from "react-hook-form";
import { Combobox } from "@/shared/ui/combobox";
import { DateField } from "@/shared/ui/date-field";
import { MultiCombobox } from "@/shared/ui/multi-combobox";
import { Select } from "@/shared/ui/select";
import { TextArea } from "@/shared/ui/text-area";
import { TextField } from "@/shared/ui/text-field";
import { choiceOf, useChoices } from "../../hooks/use-choices";
import type { PartnerValues } from "../../schemas";
import type { Choice, Person } from "../../types";
import { Cell } from "./edited-by";
import { PersonField } from "./person-field";

export interface PartnerFieldsProps {
  control: Control<PartnerValues>;
  register: UseFormRegister<PartnerValues>;
  errors: FieldErrors<PartnerValues>;
}

const pair = "grid grid-cols-2 gap-4 max-sm:grid-cols-1";

interface ProfileFieldsProps extends PartnerFieldsProps {
  owner: Person | null;
  mayChooseOwner: boolean;
  /** What was stored before a choice went out of the configuration stays choosable. */
  stored?: { status: string; tier: string | null; domain: string | null; region: string | null };
}

export function ProfileFields({ control, register, errors, owner, mayChooseOwner, stored }: ProfileFieldsProps) {
  const { statuses, tiers, domains, regions, tags } = useChoices();
  return (
    <>
      <Cell field="name">
        <TextField label="Name" required autoComplete="off" error={errors.name?.message} {...register("name")} />
      </Cell>
      <Cell field="website">
        <TextField
          label="Website"
          placeholder="company.com"
          inputMode="url"
          autoCapitalize="none"
          spellCheck={false}
          error={errors.website?.message}
          {...register("website")}
        />
      </Cell>
      <div className={pair}>
        <Cell field="status">
          <Controller
            control={control}
            name="status"
            render={({ field, fieldState }) => (
              <Select
                label="Status"
                {...field}
                error={fieldState.error?.message}
                options={optionsOf(statuses, stored?.status)}
              />
            )}
          />
        </Cell>
        <OptionalChoice {...{ control, errors }} name="tier" label="Tier" choices={tiers} stored={stored?.tier} />
        <OptionalChoice
          {...{ control, errors }}
          name="domain"
          label="Domain"
          choices={domains}
          stored={stored?.domain}
        />
        <OptionalChoice
          {...{ control, errors }}
          name="region"
          label="Region"
          choices={regions}
          stored={stored?.region}
        />
      </div>
      <Cell field="ownerId">
        <Controller
          control={control}
          name="ownerId"
          render={({ field, fieldState }) => (
            <PersonField
              label="Owner"
              help={mayChooseOwner ? "Who looks after this partner." : "Your role looks after partners of its own."}
              {...field}
              readOnly={!mayChooseOwner}
              known={owner ? [owner] : []}
              error={fieldState.error?.message}
            />
          )}
        />
      </Cell>
      <Cell field="tags">
        <Controller
          control={control}
          name="tags"
          render={({ field, fieldState }) => (
            <MultiCombobox
              label="Tags"
              {...field}
              onChange={(keys) => field.onChange([...keys])}
              placeholder="None"
              error={fieldState.error?.message}
              options={optionsOf(tags)}
            />
          )}
        />
      </Cell>
    </>
  );
}

export function ContactFields({ register, errors }: PartnerFieldsProps) {
  return (
    <>
      <div className={pair}>
        <Cell field="contactName">
          <TextField
            label="Contact's name"
            autoComplete="off"
            error={errors.contactName?.message}
            {...register("contactName")}
          />
        </Cell>
        <Cell field="contactRole">
          <TextField label="Role" autoComplete="off" error={errors.contactRole?.message} {...register("contactRole")} />
        </Cell>
      </div>
      <Cell field="contactEmail">
        <TextField
          label="E-mail address"
          inputMode="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={errors.contactEmail?.message}
          {...register("contactEmail")}
        />
      </Cell>
      <Cell field="contactPhone">
        <TextField
          label="Phone"
          inputMode="tel"
          autoComplete="off"
          error={errors.contactPhone?.message}
          {...register("contactPhone")}
        />
      </Cell>
    </>
  );
}

export function AgreementFields({ control, register, errors }: PartnerFieldsProps) {
  return (
    <>
      <Day control={control} name="agreementStartsOn" label="Starts" />
      <div className={pair}>
        <Day control={control} name="agreementEndsOn" label="Ends" />
        <Day control={control} name="agreementRenewsOn" label="Renews" />
      </div>
      <Cell field="agreementTerms">
        <TextArea label="Terms" rows={5} error={errors.agreementTerms?.message} {...register("agreementTerms")} />
      </Cell>
    </>
  );
}

export function NotesFields({ register, errors }: PartnerFieldsProps) {
  return (
    <Cell field="notes">
      <TextArea
        label="Notes"
        help="For your colleagues. The partner does not see them."
        rows={8}
        error={errors.notes?.message}
        {...register("notes")}
      />
    </Cell>
  );
}

interface OptionalChoiceProps extends Pick<PartnerFieldsProps, "control"> {
  name: "tier" | "domain" | "region";
  label: string;
  choices: readonly Choice[];
  stored: string | null | undefined;
}

function OptionalChoice({ control, name, label, choices, stored }: OptionalChoiceProps) {
  return (
    <Cell field={name}>
      <Controller
        control={control}
        name={name}
        render={({ field, fieldState }) => (
          <Combobox
            label={label}
            {...field}
            placeholder="None"
            error={fieldState.error?.message}
            options={optionsOf(choices, stored)}
          />
        )}
      />
    </Cell>
  );
}

interface DayProps extends Pick<PartnerFieldsProps, "control"> {
  name: "agreementStartsOn" | "agreementEndsOn" | "agreementRenewsOn";
  label: string;
}

function Day({ control, name, label }: DayProps) {
  return (
    <Cell field={name}>
      <Controller
        control={control}
        name={name}
        render={({ field, fieldState }) => <DateField label={label} {...field} error={fieldState.error?.message} />}
      />
    </Cell>
  );
}

export function optionsOf(choices: readonly Choice[], stored?: string | null) {
  const isGone = stored && !choices.some(({ key }) => key === stored);
  return [...choices, ...(isGone ? [choiceOf([], stored)] : [])].map(({ key, label, colour, description }) => ({
    value: key,
    label,
    ...(colour && { colour }),
    ...(description && { description }),
  }));
}
