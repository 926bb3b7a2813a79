import type { FormEvent } from "react";
import { usePageTitle } from "@/shared/lib/page-title";
import { paths } from "@/shared/lib/paths";
import { Navigate } from "@/shared/lib/router";
import { Button } from "@/shared/ui/button";
import { Notice } from "@/shared/ui/notice";
import { PasswordField, passwordRules } from "@/shared/ui/password-field";
import { AuthFrame } from "../components/auth-frame";
import { TextLink } from "../components/text-link";
import { fieldOf } from "../field-problems";
import { useSetNewPassword } from "../hooks/use-account-actions";
import { focusField, useFields } from "../hooks/use-fields";
import { useSession } from "../hooks/use-session";
import { passwordProblem } from "../password-rules";

const rules = { password: passwordProblem };

export function ResetPasswordPage() {
  usePageTitle("Choose a new password");
  const { user, recovering } = useSession();
  const { run: setPassword, isPending, isSuccess, error } = useSetNewPassword();
  const { problems, read } = useFields(rules);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const form = event.currentTarget;
    const typed = read(form);
    if (typed) setPassword(typed.password, { onError: () => focusField(form, "password") });
  }

  if (isSuccess)
    return (
      <AuthFrame
        title="Your password is changed"
        lead="You are signed in here, and signed out everywhere else. From now on, sign in with the new password."
      >
        <TextLink to={paths.home}>Go on to the workspace</TextLink>
      </AuthFrame>
    );
  if (user === undefined) return null;
  // Setting a password without the old one is for those who came with a mail's link. Others change it in their settings.
  if (!recovering && !isPending) return <Navigate to={user ? paths.settingsSecurity : paths.forgotPassword} replace />;
  const refused = fieldOf(error) === "password";
  return (
    <AuthFrame title="Choose a new password" lead={`For ${user?.email}. You will be signed out on all other devices.`}>
      <form noValidate onSubmit={submit} className="space-y-4">
        {error && !refused && <Notice>{error.message}</Notice>}
        {/* Password managers store the new password with this address. */}
        <input type="hidden" name="username" autoComplete="username" value={user?.email ?? ""} readOnly />
        <PasswordField
          name="password"
          autoComplete="new-password"
          rules={passwordRules}
          label="New password"
          error={problems.password ?? (refused ? error?.message : undefined)}
        />
        <Button type="submit" look="primary" busy={isPending} className="h-9 w-full max-sm:h-11">
          {isPending ? "Saving …" : "Save the new password"}
        </Button>
      </form>
    </AuthFrame>
  );
}
