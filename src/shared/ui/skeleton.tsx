import { rememberedHeading } from "../lib/page-heading";

/** A place that is being filled: shaped like what comes, silent for screen readers. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden="true" className={`block animate-pulse rounded-control bg-mute-soft ${className}`} />;
}

/** Stands in for a line of text and is as high as one, so that nothing moves when the text comes. */
export function TextSkeleton({ className }: { className: string }) {
  return (
    <span className={`flex h-[1lh] max-w-full items-center ${className}`}>
      <Skeleton className="h-[0.75em] w-full" />
    </span>
  );
}

/** While a page's own code is on its way. What stood at its top the last time stands there at once. */
export function PageSkeleton() {
  const heading = rememberedHeading(window.location.pathname);
  return (
    <div role="status" className="space-y-5">
      <span className="sr-only">Loading the page</span>
      {heading && (
        <div aria-hidden="true">
          <p className="text-title">{heading.title}</p>
          <p className="max-w-2xl text-ink-2">{heading.description}</p>
        </div>
      )}
      <div className="animate-late space-y-4">
        {!heading && <Skeleton className="h-7 w-64" />}
        <Skeleton className="h-28 rounded-card" />
        <Skeleton className="h-56 rounded-card" />
      </div>
    </div>
  );
}
