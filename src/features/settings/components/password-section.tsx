import type { FormEvent } from "react";
import { fieldOf, passwordProblem, useFields, useSession } from "@/features/auth";
import { paths } from "@/shared/lib/paths";
import { Link } from "@/shared/lib/router";
import { Button } from "@/shared/ui/button";
import { Notice } from "@/shared/ui/notice";
import { PasswordField, passwordRules } from "@/shared/ui/password-field";
import { Section } from "@/shared/ui/section";
import { showToast } from "@/shared/ui/toast";
import { useChangePassword } from "../hooks/use-security";

const rules = {
  current: (current: string) => (current === "" ? "Enter your current password." : undefined),
  password: passwordProblem,
};

export function PasswordSection() {
  const { user } = useSession();
  const { mutate: change, isPending, error } = useChangePassword();
  const { problems, read, focus } = useFields(rules);
  const refused = fieldOf(error);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const form = event.currentTarget;
    const typed = read(form);
    if (!typed) return;
    change(typed, {
      onSuccess: () => {
        form.reset();
        showToast({
          title: "Your password is changed",
          description: "You are signed out on all other devices.",
          tone: "good",
        });
      },
      onError: (failure) => focus(form, fieldOf(failure) ?? "current"),
    });
  }

  const beside = (field: string) => (refused === field ? error?.message : undefined);
  return (
    <Section title="Password" description="Changing it signs you out on all other devices.">
      <form noValidate onSubmit={submit} className="max-w-md space-y-4">
        {error && !refused && <Notice>{error.message}</Notice>}
        {/* Password managers store the new password with this address. */}
        <input type="hidden" name="username" autoComplete="username" value={user?.email ?? ""} readOnly />
        <PasswordField
          label="Current password"
          name="current"
          autoComplete="current-password"
          error={problems.current ?? beside("current")}
        />
        <PasswordField
          label="New password"
          name="password"
          autoComplete="new-password"
          rules={passwordRules}
          error={problems.password ?? beside("password")}
        />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button type="submit" busy={isPending}>
            Change the password
          </Button>
          <Link to={paths.forgotPassword} className="font-medium text-accent-text underline underline-offset-2">
            Forgot it?
          </Link>
        </div>
      </form>
    </Section>
  );
}
