/** A place that is being filled: shaped like what comes, silent for screen readers. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden="true" className={`block animate-pulse rounded-control bg-mute-soft ${className}`} />;
}
