import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { organizationKeys } from "@/features/organizations";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import { Select } from "@/shared/ui/select";
import { TextArea } from "@/shared/ui/text-area";
import { TextField } from "@/shared/ui/text-field";
import { showToast } from "@/shared/ui/toast";
import type { PlatformQuestion } from "../organization-deeds";
import { platformKeys } from "../queries";
import { closeAccess, openAccess, setActive, setSubscription } from "../services/platform-service";
import { type PlatformOrganization, type Tier, tiers } from "../types";
import { FormDialog } from "./form-dialog";

const SHORTEST_REASON = 10;
const terms = [
  { value: "15", label: "15 minutes" },
  { value: "60", label: "1 hour" },
  { value: "240", label: "4 hours" },
  { value: "480", label: "8 hours" },
] as const;

interface QuestionProps {
  organization: PlatformOrganization;
  /** Reads everything anew and says what happened. */
  onDone: (title: string) => Promise<void>;
  onClose: () => void;
}

export function PlatformDialogs({ question, onClose }: { question: PlatformQuestion | null; onClose: () => void }) {
  const queryClient = useQueryClient();
  if (!question) return null;
  const { about, organization } = question;
  async function onDone(title: string) {
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: platformKeys.organizations }),
      queryClient.invalidateQueries({ queryKey: organizationKeys.mine }),
    ]);
    showToast({ tone: "good", title });
  }
  if (about === "state") return <StateDialog {...{ organization, onDone, onClose }} />;
  if (about === "subscription") return <SubscriptionDialog {...{ organization, onDone, onClose }} />;
  if (about === "access") return <AccessDialog {...{ organization, onDone, onClose }} />;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Close your access to ${organization.name}?`}
      description="You see nothing of it from your next request on."
      confirmLabel="Close the access"
      onConfirm={async () => {
        await closeAccess(organization.id);
        await onDone(`Your access to ${organization.name} is closed`);
      }}
    />
  );
}

function useReason() {
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string>();
  const field = (
    <TextArea
      label="Reason"
      required
      help="It stands in the organization's audit log, for its administrators to read."
      maxLength={500}
      value={reason}
      error={problem}
      onChange={(event) => setReason(event.target.value)}
    />
  );
  function isGiven(): boolean {
    const isEnough = reason.trim().length >= SHORTEST_REASON;
    setProblem(isEnough ? undefined : `Say why, in at least ${SHORTEST_REASON} characters.`);
    return isEnough;
  }
  return { reason: reason.trim(), field, isGiven };
}

function StateDialog({ organization, onDone, onClose }: QuestionProps) {
  const { reason, field, isGiven } = useReason();
  const { id, name, isActive } = organization;
  return (
    <FormDialog
      title={isActive ? `Suspend ${name}?` : `Reactivate ${name}?`}
      description={
        isActive
          ? "Its members see and change nothing from their next request on. Its data stays."
          : "Its members have their rights again from their next request on."
      }
      submitLabel={isActive ? "Suspend" : "Reactivate"}
      tone={isActive ? "danger" : "primary"}
      onClose={onClose}
      onSubmit={async () => {
        if (!isGiven()) return false;
        await setActive(id, !isActive, reason);
        await onDone(isActive ? `${name} is suspended` : `${name} is active again`);
      }}
    >
      {field}
    </FormDialog>
  );
}

function AccessDialog({ organization, onDone, onClose }: QuestionProps) {
  const { reason, field, isGiven } = useReason();
  const [minutes, setMinutes] = useState<(typeof terms)[number]["value"]>("15");
  return (
    <FormDialog
      title={`Open an access to ${organization.name}`}
      description="You can read its data, and change nothing, until the time is over or you close it."
      submitLabel="Open the access"
      onClose={onClose}
      onSubmit={async () => {
        if (!isGiven()) return false;
        await openAccess(organization.id, reason, Number(minutes));
        await onDone(`Your access to ${organization.name} is open`);
      }}
    >
      {field}
      <Select label="For how long" value={minutes} onChange={setMinutes} options={terms} />
    </FormDialog>
  );
}

function SubscriptionDialog({ organization, onDone, onClose }: QuestionProps) {
  const [tier, setTier] = useState<Tier>(organization.tier);
  const [seats, setSeats] = useState(String(organization.seatLimit));
  const [problem, setProblem] = useState<string>();
  return (
    <FormDialog
      title={`Subscription of ${organization.name}`}
      description="Fewer seats than are taken put nobody out; nobody new comes in until there is room."
      submitLabel="Save"
      onClose={onClose}
      onSubmit={async () => {
        const isNumber = /^\d{1,6}$/.test(seats.trim()) && Number(seats) >= 1 && Number(seats) <= 100_000;
        setProblem(isNumber ? undefined : "Enter a whole number from 1 to 100,000.");
        if (!isNumber) return false;
        await setSubscription(organization.id, tier, Number(seats));
        await onDone(`The subscription of ${organization.name} is changed`);
      }}
    >
      <Select
        label="Tier"
        value={tier}
        onChange={setTier}
        options={tiers.map((value) => ({ value, label: value.replace(/^./, (first) => first.toUpperCase()) }))}
      />
      <TextField
        label="Seats"
        inputMode="numeric"
        value={seats}
        error={problem}
        help={`${organization.seatsTaken} are taken now.`}
        onChange={(event) => setSeats(event.target.value)}
      />
    </FormDialog>
  );
}
