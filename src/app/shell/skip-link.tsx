import { MAIN_ID } from "./content";

/** The first thing the Tab key reaches: past everything that is the same on every page. */
export function SkipLink() {
  return (
    <a
      href={`#${MAIN_ID}`}
      onClick={(event) => {
        // Not through the address: a # there would be a step in the history.
        event.preventDefault();
        document.getElementById(MAIN_ID)?.focus();
      }}
      className="fixed start-3 top-2 z-50 -translate-y-20 rounded-control bg-accent px-3 py-1.5 font-medium text-accent-ink shadow-high focus-visible:translate-y-0"
    >
      Skip to the content
    </a>
  );
}
