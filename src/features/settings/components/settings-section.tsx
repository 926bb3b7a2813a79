import { type ReactNode, useId } from "react";
import { Card } from "@/shared/ui/card";

interface SettingsSectionProps {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}

export function SettingsSection({ title, lead, children }: SettingsSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Card className="p-5 max-sm:p-4">
        <h2 id={id}>{title}</h2>
        {lead && <p className="mt-0.5 max-w-prose text-ink-2 wrap-anywhere">{lead}</p>}
        <div className="mt-4">{children}</div>
      </Card>
    </section>
  );
}
