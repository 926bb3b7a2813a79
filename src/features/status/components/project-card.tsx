import type { ReactNode } from "react";
import { useSession } from "@/features/auth";
import { readEnv } from "@/shared/lib/env";
import { Card } from "@/shared/ui/card";
import { ArrowUpRight, Mail } from "@/shared/ui/icons";

const { env } = readEnv(import.meta.env);

/** Where this page works, and for whom. */
export function ProjectCard() {
  const { user } = useSession();
  return (
    <Card className="min-w-0">
      <h2 className="px-4 pt-3 pb-2">This session</h2>
      <dl className="space-y-2 px-4 pb-3">
        <Fact name="Signed in as">
          <bdi className="wrap-anywhere">{user?.email}</bdi>
        </Fact>
        {env && (
          <Fact name="Backend">
            <span className="wrap-anywhere">{new URL(env.supabaseUrl).host}</span>
          </Fact>
        )}
      </dl>
      {env?.mailUrl && (
        <a
          href={env.mailUrl}
          target="_blank"
          rel="noreferrer"
          className="group flex items-center gap-3 rounded-b-card border-t border-line px-4 py-3 hover:bg-hover"
        >
          <Mail aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
          <span className="min-w-0">
            <span className="block font-medium">Mail reader</span>
            <span className="block text-ink-2">
              This stack sends no mail to anybody: read here what it would have sent.
            </span>
          </span>
          <ArrowUpRight aria-hidden="true" className="ms-auto size-4 shrink-0 text-ink-3 group-hover:text-ink" />
        </a>
      )}
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6rem_1fr] gap-2">
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
