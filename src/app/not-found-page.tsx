import { usePageTitle } from "@/shared/lib/page-title";
import { paths } from "@/shared/lib/paths";
import { Link } from "@/shared/lib/router";

export function NotFoundPage() {
  usePageTitle("Not found");
  return (
    <div className="mx-auto max-w-lg py-16 text-center max-sm:py-10">
      <h1 className="mb-2">This page does not exist</h1>
      <p className="text-ink-2">The address may be mistyped, or what was here has moved.</p>
      <p className="mt-4">
        <Link to={paths.home} className="font-medium text-accent-text underline underline-offset-2">
          Go to the start page
        </Link>
      </p>
    </div>
  );
}
