import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/shared/ui/button";
import { Notice } from "@/shared/ui/notice";
import { TextField } from "@/shared/ui/text-field";
import { useCreateOrganization } from "../hooks/use-entering";

const LONGEST = 120;

export function CreateOrganizationForm({ onEntered }: { onEntered: () => void }) {
  const { mutate, isPending, error } = useCreateOrganization();
  const [missing, setMissing] = useState(false);
  const ref = useRef<HTMLInputElement>(null);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const name = String(new FormData(event.currentTarget).get("name") ?? "").trim();
    setMissing(name === "");
    if (name === "") ref.current?.focus();
    else mutate(name, { onSuccess: onEntered });
  }

  return (
    <form noValidate onSubmit={submit} className="space-y-3">
      {error && <Notice>{error.message}</Notice>}
      <TextField
        ref={ref}
        label="Name of the organization"
        name="name"
        autoComplete="organization"
        maxLength={LONGEST}
        error={missing ? "Enter a name, such as the name of your company." : undefined}
      />
      <Button type="submit" look="primary" busy={isPending}>
        {isPending ? "Creating …" : "Create organization"}
      </Button>
    </form>
  );
}
