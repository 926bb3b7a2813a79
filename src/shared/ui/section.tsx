import { type ReactNode, useId } from "react";
import { Card } from "./card";

interface SectionProps {
  title: string;
  description?: ReactNode;
  /** What can be done with the whole of it, at the end of the title's line. */
  actions?: ReactNode;
  /** The content brings its own room, such as a table. */
  flush?: boolean;
  children: ReactNode;
}

/** A card with a title: one subject of a page. */
export function Section({ title, description, actions, flush = false, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0">
      <Card className="overflow-clip">
        <header className={`flex flex-wrap items-start gap-x-4 gap-y-2 px-4 pt-3 ${flush ? "pb-3" : "pb-1"}`}>
          <div className="min-w-0 flex-1 basis-48">
            <h2 id={id} className="leading-7">
              {title}
            </h2>
            {description && <p className="max-w-2xl text-ink-2">{description}</p>}
          </div>
          {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </header>
        <div className={flush ? "border-t border-line" : "px-4 pt-2 pb-4"}>{children}</div>
      </Card>
    </section>
  );
}
