import type { ReactNode } from "react";
import { Logo } from "./logo";

/** A page that has one thing to say: nothing here, nothing works, something is not set up. */
export function MessagePage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-lg flex-col justify-center gap-6 px-5 py-10">
      <Logo />
      <div className="space-y-3">
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
