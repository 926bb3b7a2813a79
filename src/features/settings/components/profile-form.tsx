import { zodResolver } from "@hookform/resolvers/zod";
import { useMemo } from "react";
import { Controller, useForm } from "react-hook-form";
import type { Profile } from "@/features/profile";
import { Avatar } from "@/shared/ui/avatar";
import { ColourChoice } from "@/shared/ui/colour-choice";
import { isColourName } from "@/shared/ui/colour-names";
import { Combobox } from "@/shared/ui/combobox";
import { Section } from "@/shared/ui/section";
import { TextField } from "@/shared/ui/text-field";
import { useProfileForm } from "../hooks/use-profile-form";
import { localeOptions, timeZoneOptions } from "../regions";
import { type ProfileValues, profileSchema } from "../schemas";
import { FormatPreview } from "./format-preview";
import { SaveBar } from "./save-bar";

const valuesOf = ({ displayName, avatarColor, locale, timeZone }: Profile): ProfileValues => ({
  displayName,
  avatarColor: isColourName(avatarColor) ? avatarColor : "slate",
  locale,
  timeZone,
});

export function ProfileForm({ profile }: { profile: Profile }) {
  const form = useForm<ProfileValues>({ resolver: zodResolver(profileSchema), defaultValues: valuesOf(profile) });
  const { control, register, handleSubmit, watch, formState } = form;
  const { submit, reset, ...saving } = useProfileForm({
    profile,
    onSaved: (saved) => form.reset(valuesOf(saved)),
  });
  const values = watch();
  const locales = useMemo(() => localeOptions(profile.locale), [profile.locale]);
  const timeZones = useMemo(() => timeZoneOptions(profile.timeZone, new Date()), [profile.timeZone]);

  return (
    <form noValidate onSubmit={handleSubmit(submit)} className="space-y-4">
      <Section title="You" description="What your colleagues see beside what you do.">
        <div className="flex items-start gap-4 max-sm:flex-col">
          <Avatar name={values.displayName} colour={values.avatarColor} size="huge" />
          <div className="w-full min-w-0 flex-1 space-y-4">
            <TextField
              label="Name"
              autoComplete="name"
              className="max-w-md"
              error={formState.errors.displayName?.message}
              {...register("displayName")}
            />
            <Controller
              control={control}
              name="avatarColor"
              render={({ field }) => <ColourChoice label="Colour" {...field} />}
            />
          </div>
        </div>
      </Section>
      <Section title="Dates and numbers" description="How dates, times and amounts are written for you.">
        <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
          <Controller
            control={control}
            name="locale"
            render={({ field }) => (
              <Combobox label="Language and region" options={locales} placeholder="As your browser says" {...field} />
            )}
          />
          <Controller
            control={control}
            name="timeZone"
            render={({ field }) => (
              <Combobox label="Time zone" options={timeZones} placeholder="As your device says" {...field} />
            )}
          />
        </div>
        <FormatPreview locale={values.locale} timeZone={values.timeZone} />
      </Section>
      <SaveBar {...saving} isChanged={formState.isDirty} onReset={reset} />
    </form>
  );
}
