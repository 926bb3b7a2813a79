import { Controller, useForm } from "react-hook-form";
import type { Profile } from "@/features/profile";
import { RadioGroup } from "@/shared/ui/radio-group";
import { Section } from "@/shared/ui/section";
import { Switch } from "@/shared/ui/switch";
import { useProfileForm } from "../hooks/use-profile-form";
import { type NotificationPreferences, readPreferences } from "../schemas";
import { EventChannels } from "./event-channels";
import { SaveBar } from "./save-bar";

const frequencyOptions = [
  { value: "immediate", label: "At once", description: "A mail for each event." },
  { value: "daily", label: "Once a day", description: "One mail in the morning, when something happened." },
  { value: "weekly", label: "Once a week", description: "One mail on Monday, when something happened." },
] as const;

const valuesOf = (profile: Profile) => readPreferences(profile.notificationPreferences);

export function NotificationsForm({ profile }: { profile: Profile }) {
  const form = useForm<NotificationPreferences>({ defaultValues: valuesOf(profile) });
  const { control, register, handleSubmit, watch, formState } = form;
  const { submit, reset, ...saving } = useProfileForm({ profile, onSaved: (saved) => form.reset(valuesOf(saved)) });
  const [email, inApp] = watch(["email", "in_app"]);

  return (
    <form
      noValidate
      // Through JSON, because that is what is stored.
      onSubmit={handleSubmit((values) => submit({ notificationPreferences: JSON.parse(JSON.stringify(values)) }))}
      className="space-y-4"
    >
      <Section
        title="How you are told"
        description="Mails about your account itself, such as a new password, always come."
      >
        <div className="space-y-4">
          <div className="max-w-md space-y-2">
            <Switch label="In the app" help="In the list of notifications." {...register("in_app")} />
            <Switch label="By e-mail" help={`To ${profile.email ?? "your address"}.`} {...register("email")} />
          </div>
          <Controller
            control={control}
            name="frequency"
            render={({ field: { value, onChange, name, onBlur } }) => (
              <RadioGroup
                label="How often a mail comes"
                options={frequencyOptions}
                disabled={!email}
                {...{ value, name, onBlur }}
                onValueChange={onChange}
              />
            )}
          />
        </div>
      </Section>
      <Section title="What you are told of" flush>
        <EventChannels control={control} email={email} inApp={inApp} />
      </Section>
      <SaveBar {...saving} isChanged={formState.isDirty} onReset={reset} />
    </form>
  );
}
