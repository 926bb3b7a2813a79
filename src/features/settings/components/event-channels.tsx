import { type Control, Controller } from "react-hook-form";
import { Checkbox } from "@/shared/ui/checkbox";
import { type EventKind, eventKinds, type NotificationPreferences } from "../schemas";

const kinds: Record<EventKind, { label: string; help: string }> = {
  tasks: { label: "Tasks", help: "Assigned to you, due, or overdue." },
  partners: { label: "Your partners", help: "Changes and notes on partners you own." },
  referrals: { label: "Referrals and deals", help: "New ones, and how they were decided." },
  approvals: { label: "Approvals", help: "What waits for you, and answers to what you asked for." },
  commissions: { label: "Commissions", help: "Accrued, approved and paid out." },
  members: { label: "People", help: "Invitations, and changes of your own role." },
};

interface EventChannelsProps {
  control: Control<NotificationPreferences>;
  email: boolean;
  inApp: boolean;
}

/** Which kind of event is told where. What is switched off as a whole is shown, but cannot be chosen. */
export function EventChannels({ control, email, inApp }: EventChannelsProps) {
  return (
    <table className="w-full">
      <thead>
        <tr className="border-b border-line text-small text-ink-2">
          <th scope="col" className="py-2 ps-4 text-start font-medium">
            Event
          </th>
          <th scope="col" className="w-20 py-2 font-medium">
            In the app
          </th>
          <th scope="col" className="w-20 py-2 pe-2 font-medium">
            E-mail
          </th>
        </tr>
      </thead>
      <tbody>
        {eventKinds.map((kind) => (
          <tr key={kind} className="border-b border-line last:border-0">
            <th scope="row" className="py-2 ps-4 pe-2 text-start font-normal">
              <span className="block font-medium">{kinds[kind].label}</span>
              <span className="block text-ink-2">{kinds[kind].help}</span>
            </th>
            <td>
              <Channel
                control={control}
                name={`events.${kind}.in_app`}
                label={`${kinds[kind].label} in the app`}
                on={inApp}
              />
            </td>
            <td className="pe-2">
              <Channel
                control={control}
                name={`events.${kind}.email`}
                label={`${kinds[kind].label} by e-mail`}
                on={email}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ChannelProps {
  control: Control<NotificationPreferences>;
  name: `events.${EventKind}.${"email" | "in_app"}`;
  label: string;
  on: boolean;
}

function Channel({ control, name, label, on }: ChannelProps) {
  return (
    <Controller
      control={control}
      name={name}
      render={({ field: { value, onChange, ref, onBlur } }) => (
        <Checkbox hideLabel checked={value} disabled={!on} {...{ label, name, onChange, ref, onBlur }} />
      )}
    />
  );
}
