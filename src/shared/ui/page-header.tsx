import { type ReactNode, useEffect } from "react";
import { rememberHeading } from "../lib/page-heading";

interface PageHeaderProps {
  title: string;
  description?: ReactNode;
  /** The primary one last. */
  actions?: ReactNode;
}

export function PageHeader({ title, description, actions }: PageHeaderProps) {
  const said = typeof description === "string" ? description : "";
  useEffect(() => rememberHeading(window.location.pathname, { title, description: said }), [title, said]);
  return (
    <header className="flex flex-wrap items-start gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-64">
        <h1 className="wrap-anywhere">{title}</h1>
        {description && <p className="max-w-2xl text-ink-2">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2 max-sm:w-full">{actions}</div>}
    </header>
  );
}
