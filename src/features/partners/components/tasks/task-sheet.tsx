import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { Checkbox } from "@/shared/ui/checkbox";
import { Combobox } from "@/shared/ui/combobox";
import { DateField } from "@/shared/ui/date-field";
import { TextArea } from "@/shared/ui/text-area";
import { TextField } from "@/shared/ui/text-field";
import { useChoices } from "../../hooks/use-choices";
import { useClientKey } from "../../hooks/use-client-key";
import type { TaskMutations } from "../../hooks/use-partner-tasks";
import { useSaving } from "../../hooks/use-saving";
import { type TaskValues, taskFieldsOf, taskSchema } from "../../schemas";
import type { PartnerTask, Person } from "../../types";
import { FormSheet } from "../shared/form-sheet";
import { meanwhile } from "../shared/meanwhile";
import { optionsOf } from "../shared/partner-fields";
import { PersonField } from "../shared/person-field";

interface TaskSheetProps {
  /** None for a new one. */
  task: PartnerTask | null;
  me: Person;
  mutations: TaskMutations;
  onClose: () => void;
}

const columns: Record<string, keyof TaskValues> = {
  title: "title",
  description: "description",
  priority: "priority",
  due_on: "dueOn",
  assignee_id: "assigneeId",
  owner_id: "assigneeId",
};

export function TaskSheet({ task, me, mutations, onClose }: TaskSheetProps) {
  const { taskPriorities } = useChoices();
  const key = useClientKey();
  // As it was when the form was opened; once told that there is a newer one, against that.
  const [seen] = useState(task);
  const { control, register, handleSubmit, formState, setError } = useForm<TaskValues>({
    resolver: zodResolver(taskSchema),
    defaultValues: {
      title: task?.title ?? "",
      description: task?.description ?? "",
      priority: task?.priority ?? null,
      dueOn: task?.dueOn ?? "",
      assigneeId: task ? (task.assignee?.id ?? null) : me.id,
      isShared: task?.isShared ?? false,
    },
  });
  const saving = useSaving<TaskValues>({ setError, fieldOf: (column) => columns[column], onSaved: onClose });
  const against = saving.isStale ? task : seen;
  const submit = handleSubmit((values) =>
    saving.save(() =>
      against ? mutations.update(against, taskFieldsOf(values)) : mutations.create(taskFieldsOf(values), key.get()),
    ),
  );
  const { errors } = formState;

  return (
    <FormSheet
      title={task ? "Edit the task" : "New task"}
      submitLabel={task ? "Save" : "Add task"}
      isBusy={formState.isSubmitting}
      isDirty={formState.isDirty}
      meanwhile={meanwhile(seen, task)}
      problem={saving.problem}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <TextField label="Task" required autoComplete="off" error={errors.title?.message} {...register("title")} />
      <TextArea label="Description" rows={4} error={errors.description?.message} {...register("description")} />
      <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
        <Controller
          control={control}
          name="dueOn"
          render={({ field, fieldState }) => <DateField label="Due" {...field} error={fieldState.error?.message} />}
        />
        <Controller
          control={control}
          name="priority"
          render={({ field, fieldState }) => (
            <Combobox
              label="Priority"
              placeholder="None"
              {...field}
              error={fieldState.error?.message}
              options={optionsOf(taskPriorities, task?.priority)}
            />
          )}
        />
      </div>
      <Controller
        control={control}
        name="assigneeId"
        render={({ field, fieldState }) => (
          <PersonField
            label="Who does it"
            {...field}
            error={fieldState.error?.message}
            known={task?.assignee ? [task.assignee, me] : [me]}
          />
        )}
      />
      <Checkbox
        label="Shared with the partner"
        help="The partner's people see the task in their portal and can answer it."
        {...register("isShared")}
      />
    </FormSheet>
  );
}
