import { ArrowUpRight, Mail } from "lucide-react";
import { readEnv } from "@/shared/lib/env";
import { StatusCard } from "../components/status-card";

const mailUrl = readEnv(import.meta.env).env?.mailUrl;

export function StatusPage() {
  return (
    <main className="mx-auto w-full max-w-5xl space-y-4 px-5 py-6 max-sm:px-4">
      <title>Home · Partner workspace</title>
      <div>
        <h1>Welcome to the partner workspace</h1>
        <p className="text-ink-2">You are signed in, and everything behind this page runs as below.</p>
      </div>
      <StatusCard />
      {mailUrl && (
        <a
          href={mailUrl}
          target="_blank"
          rel="noreferrer"
          className="group flex items-center gap-3 rounded-card border border-line bg-surface p-4 shadow-low hover:bg-hover"
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
    </main>
  );
}
