import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { Checkbox } from "@/shared/ui/checkbox";
import { Select } from "@/shared/ui/select";
import { TextField } from "@/shared/ui/text-field";
import { useChoices } from "../../hooks/use-choices";
import { useClientKey } from "../../hooks/use-client-key";
import type { DocMutations } from "../../hooks/use-partner-docs";
import { useSaving } from "../../hooks/use-saving";
import { type DocValues, docSchema, fileDocSchema } from "../../schemas";
import type { DocFields, PartnerDoc, Person } from "../../types";
import { FormSheet } from "../shared/form-sheet";
import { meanwhile } from "../shared/meanwhile";
import { optionsOf } from "../shared/partner-fields";
import { PersonField } from "../shared/person-field";

interface DocSheetProps {
  /** None for a new one. */
  doc: PartnerDoc | null;
  me: Person;
  mayChooseOwner: boolean;
  mutations: DocMutations;
  onClose: () => void;
}

const columns: Record<string, keyof DocValues> = {
  title: "title",
  document_type: "type",
  notion_url: "url",
  owner_id: "ownerId",
};

const fieldsOf = (values: DocValues): DocFields => ({ ...values, url: values.url || null });

export function DocSheet({ doc, me, mayChooseOwner, mutations, onClose }: DocSheetProps) {
  const { documentTypes } = useChoices();
  const key = useClientKey();
  // As it was when the form was opened; once told that there is a newer one, against that.
  const [seen] = useState(doc);
  const { control, register, handleSubmit, formState, setError } = useForm<DocValues>({
    resolver: zodResolver(doc && doc.fileNumber > 0 ? fileDocSchema : docSchema),
    defaultValues: {
      title: doc?.title ?? "",
      type: doc?.type ?? documentTypes[0]?.key ?? "",
      url: doc?.url ?? "",
      ownerId: doc ? (doc.owner?.id ?? null) : me.id,
      isShared: doc?.isShared ?? false,
    },
  });
  const saving = useSaving<DocValues>({ setError, fieldOf: (column) => columns[column], onSaved: onClose });
  const against = saving.isStale ? doc : seen;
  const submit = handleSubmit((values) =>
    saving.save(() =>
      against ? mutations.update(against, fieldsOf(values)) : mutations.add(fieldsOf(values), key.get()),
    ),
  );
  const { errors } = formState;

  return (
    <FormSheet
      title={doc ? "Edit the document" : "Add a link"}
      description={doc ? doc.title : "To a page in Notion, a shared drive or anywhere else on the web."}
      submitLabel={doc ? "Save" : "Add document"}
      isBusy={formState.isSubmitting}
      isDirty={formState.isDirty}
      meanwhile={meanwhile(seen, doc)}
      problem={saving.problem}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <TextField label="Title" required autoComplete="off" error={errors.title?.message} {...register("title")} />
      <TextField
        label="Address"
        required={!doc || doc.fileNumber === 0}
        placeholder="https://notion.so/…"
        inputMode="url"
        autoCapitalize="none"
        spellCheck={false}
        error={errors.url?.message}
        {...register("url")}
      />
      <Controller
        control={control}
        name="type"
        render={({ field, fieldState }) => (
          <Select
            label="Kind"
            {...field}
            error={fieldState.error?.message}
            options={optionsOf(documentTypes, doc?.type)}
          />
        )}
      />
      <Controller
        control={control}
        name="ownerId"
        render={({ field, fieldState }) => (
          <PersonField
            label="Owner"
            {...field}
            readOnly={!mayChooseOwner}
            error={fieldState.error?.message}
            known={doc?.owner ? [doc.owner, me] : [me]}
          />
        )}
      />
      <Checkbox
        label="Shared with the partner"
        help="The partner's people find it in their portal."
        {...register("isShared")}
      />
    </FormSheet>
  );
}
