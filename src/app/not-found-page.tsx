import { usePageTitle } from "@/shared/lib/page-title";
import { paths } from "@/shared/lib/paths";
import { Link } from "@/shared/lib/router";
import { MessagePage } from "@/shared/ui/message-page";

export function NotFoundPage() {
  usePageTitle("Not found");
  return (
    <MessagePage title="This page does not exist">
      <p className="text-ink-2">The address may be mistyped, or what was here has moved.</p>
      <p>
        <Link to={paths.home} className="font-medium text-accent-text underline underline-offset-2">
          Go to the first page
        </Link>
      </p>
    </MessagePage>
  );
}
