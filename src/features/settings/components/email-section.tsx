import { useQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { emailProblem, fieldOf, useFields } from "@/features/auth";
import { useSearchParams } from "@/shared/lib/router";
import { Button } from "@/shared/ui/button";
import { ErrorState } from "@/shared/ui/error-state";
import { Notice } from "@/shared/ui/notice";
import { Section } from "@/shared/ui/section";
import { Skeleton } from "@/shared/ui/skeleton";
import { EmailField } from "@/shared/ui/typed-fields";
import { useChangeEmail } from "../hooks/use-security";
import { accountQuery } from "../queries";
import type { Account } from "../types";
import { PendingEmail } from "./pending-email";

export function EmailSection() {
  const { data: account, error, isFetching, refetch } = useQuery(accountQuery());
  return (
    <Section
      title="E-mail address"
      description="You sign in with it. A new one counts once you have followed the links in two mails: one to each address."
    >
      {account ? (
        <EmailForm account={account} />
      ) : error ? (
        <ErrorState
          title="Your address could not be read"
          message={error.message}
          retry={() => void refetch()}
          busy={isFetching}
        />
      ) : (
        <Skeleton className="h-24" />
      )}
    </Section>
  );
}

function EmailForm({ account }: { account: Account }) {
  const { mutate: change, isPending, error } = useChangeEmail();
  const [search] = useSearchParams();
  const { problems, read, focus } = useFields({
    email: (email) =>
      emailProblem(email) ??
      (email.trim().toLowerCase() === account.email.toLowerCase() ? "This is your address already." : undefined),
  });
  const refused = fieldOf(error) === "email";

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const form = event.currentTarget;
    const typed = read(form);
    if (typed) change(typed.email, { onSuccess: () => form.reset(), onError: () => focus(form, "email") });
  }

  return (
    <div className="space-y-4">
      {search.get("changed") === "email" && !account.newEmail && (
        <Notice tone="info">Your address is changed. From now on, sign in with {account.email}.</Notice>
      )}
      <p>
        <span className="text-ink-2">You sign in with </span>
        <b className="font-medium wrap-anywhere">{account.email}</b>
      </p>
      {account.newEmail && <PendingEmail email={account.email} newEmail={account.newEmail} />}
      <form noValidate onSubmit={submit} className="max-w-md space-y-3">
        {error && !refused && <Notice>{error.message}</Notice>}
        <EmailField
          label={account.newEmail ? "Another new address" : "New address"}
          name="email"
          error={problems.email ?? (refused ? error?.message : undefined)}
        />
        <Button type="submit" busy={isPending}>
          Change the address
        </Button>
      </form>
    </div>
  );
}
