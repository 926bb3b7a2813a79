import { useRouteError } from "@/shared/lib/router";
import { ErrorState } from "@/shared/ui/error-state";

// A tab that was open while a new version was put in place asks for files that are gone.
const MISSING_CHUNK = /dynamically imported module|Importing a module script failed|Unable to preload CSS/i;

export function RouteError() {
  const error = useRouteError();
  const outdated = error instanceof Error && MISSING_CHUNK.test(error.message);
  return (
    <div className="mx-auto w-full max-w-3xl py-6">
      <ErrorState
        title={outdated ? "This part of the app could not be loaded" : "This page met an error"}
        message={
          outdated
            ? "The connection failed, or a newer version is in place. Load the page again to go on."
            : "The rest of the app still works. Load the page again; if it stays like this, tell your administrator."
        }
        retry={() => window.location.reload()}
      />
    </div>
  );
}
