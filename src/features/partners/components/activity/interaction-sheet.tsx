import { zodResolver } from "@hookform/resolvers/zod";
import { Controller, useForm } from "react-hook-form";
import { fromIsoDate, toIsoDate } from "@/shared/lib/calendar-date";
import { Checkbox } from "@/shared/ui/checkbox";
import { DateField } from "@/shared/ui/date-field";
import { Select } from "@/shared/ui/select";
import { TextArea } from "@/shared/ui/text-area";
import { TextField } from "@/shared/ui/text-field";
import { useChoices } from "../../hooks/use-choices";
import { useClientKey } from "../../hooks/use-client-key";
import { useSaving } from "../../hooks/use-saving";
import { type InteractionValues, interactionSchema } from "../../schemas";
import type { InteractionFields } from "../../types";
import { FormSheet } from "../shared/form-sheet";
import { optionsOf } from "../shared/partner-fields";

interface InteractionSheetProps {
  partnerName: string;
  onLog: (fields: InteractionFields, clientKey: string) => Promise<void>;
  onClose: () => void;
}

const columns: Record<string, keyof InteractionValues> = {
  interaction_type: "type",
  subject: "subject",
  occurred_at: "day",
  duration_minutes: "minutes",
  participants: "participants",
  notes: "notes",
};

export function InteractionSheet({ partnerName, onLog, onClose }: InteractionSheetProps) {
  const { interactionTypes } = useChoices();
  const key = useClientKey();
  const { control, register, handleSubmit, formState, setError } = useForm<InteractionValues>({
    resolver: zodResolver(interactionSchema),
    defaultValues: {
      type: interactionTypes[0]?.key ?? "",
      subject: "",
      day: toIsoDate(new Date()),
      time: "",
      minutes: "",
      participants: "",
      notes: "",
      isShared: false,
    },
  });
  const saving = useSaving<InteractionValues>({ setError, fieldOf: (column) => columns[column], onSaved: onClose });
  const submit = handleSubmit((values) => saving.save(() => onLog(fieldsOf(values), key.get())));
  const { errors } = formState;

  return (
    <FormSheet
      title="Log a contact"
      description={`A meeting, a call or whatever else took place with ${partnerName}.`}
      submitLabel="Log it"
      isBusy={formState.isSubmitting}
      isDirty={formState.isDirty}
      problem={saving.problem}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Controller
        control={control}
        name="type"
        render={({ field, fieldState }) => (
          <Select label="Kind" {...field} error={fieldState.error?.message} options={optionsOf(interactionTypes)} />
        )}
      />
      <TextField label="Subject" required autoComplete="off" error={errors.subject?.message} {...register("subject")} />
      <Controller
        control={control}
        name="day"
        render={({ field, fieldState }) => (
          <DateField label="Day" required {...field} error={fieldState.error?.message} />
        )}
      />
      <div className="grid grid-cols-2 gap-4">
        <TextField
          label="Time"
          type="time"
          help="Left empty: noon, or now if it is today."
          error={errors.time?.message}
          {...register("time")}
        />
        <TextField
          label="Minutes"
          inputMode="numeric"
          autoComplete="off"
          error={errors.minutes?.message}
          {...register("minutes")}
        />
      </div>
      <TextField
        label="Who was there"
        autoComplete="off"
        error={errors.participants?.message}
        {...register("participants")}
      />
      <TextArea
        label="Notes"
        help="For your colleagues. The partner never sees them."
        rows={6}
        error={errors.notes?.message}
        {...register("notes")}
      />
      <Checkbox
        label="Shown to the partner"
        help="That it took place, with its subject, on the timeline of their portal."
        {...register("isShared")}
      />
    </FormSheet>
  );
}

function fieldsOf(values: InteractionValues): InteractionFields {
  return {
    type: values.type,
    subject: values.subject,
    notes: values.notes || null,
    participants: values.participants || null,
    occurredAt: momentOf(values.day, values.time).toISOString(),
    durationMinutes: values.minutes ? Number(values.minutes) : null,
    isShared: values.isShared,
  };
}

/** Of that day where the person is. */
function momentOf(day: string, time: string): Date {
  const now = new Date();
  if (!time && day === toIsoDate(now)) return now;
  const [hours = 12, minutes = 0] = time ? time.split(":").map(Number) : [];
  const date = fromIsoDate(day) ?? now;
  date.setHours(hours, minutes, 0, 0);
  return date;
}
