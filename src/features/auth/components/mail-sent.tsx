import type { FormEvent, ReactNode } from "react";
import { readEnv } from "@/shared/lib/env";
import { Button } from "@/shared/ui/button";
import { Notice } from "@/shared/ui/notice";
import { TextField } from "@/shared/ui/text-field";
import { useConfirmByCode } from "../hooks/use-account-actions";
import { focusField, useFields } from "../hooks/use-fields";

const { env } = readEnv(import.meta.env);

const rules = {
  code: (code: string) => (/^\s*(\d\s*){6,10}$/.test(code) ? undefined : "Enter the digits of the code in the mail."),
};

interface MailSentProps {
  kind: "signup" | "recovery";
  email: string;
  resend: { run: (email: string) => void; isPending: boolean; isSuccess: boolean; error: Error | null };
  /** What to do when no mail comes. */
  children: ReactNode;
}

/** A mail is on its way: follow its link here, or type its code where it is read on another device. */
export function MailSent({ kind, email, resend, children }: MailSentProps) {
  const { run: confirm, isPending, error } = useConfirmByCode(kind, email);
  const { problems, read } = useFields(rules);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const form = event.currentTarget;
    const typed = read(form);
    if (typed) confirm(typed.code, { onError: () => focusField(form, "code") });
  }

  return (
    <div className="space-y-5">
      <form noValidate onSubmit={submit} className="flex items-start gap-2">
        <TextField
          label="Code from the mail"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={14}
          className="min-w-0 flex-1"
          error={problems.code ?? error?.message}
        />
        <Button type="submit" look="primary" busy={isPending} className="mt-6 h-9 max-sm:mt-[1.625rem] max-sm:h-11">
          Continue
        </Button>
      </form>
      <div className="space-y-3 border-t border-line pt-4 text-ink-2">
        {children}
        {resend.isSuccess && !resend.isPending && <Notice tone="info">We have sent the mail again.</Notice>}
        {resend.error && <Notice>{resend.error.message}</Notice>}
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => resend.run(email)} busy={resend.isPending}>
            Send the mail again
          </Button>
          {env?.mailUrl && (
            // The embedded stack sends no mail to anybody.
            <a
              href={env.mailUrl}
              target="_blank"
              rel="noreferrer"
              className="inline-flex h-control items-center rounded-control px-3 font-medium text-ink-2 hover:bg-hover hover:text-ink"
            >
              Open the mail reader
            </a>
          )}
        </div>
      </div>
    </div>
  );
}
