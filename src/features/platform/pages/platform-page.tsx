import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usePageTitle } from "@/shared/lib/page-title";
import { paths } from "@/shared/lib/paths";
import { Link } from "@/shared/lib/router";
import { Card } from "@/shared/ui/card";
import { EmptyState } from "@/shared/ui/empty-state";
import { ErrorState } from "@/shared/ui/error-state";
import { Lock } from "@/shared/ui/icons";
import { PageHeader } from "@/shared/ui/page-header";
import { SearchField } from "@/shared/ui/search-field";
import { PageSkeleton } from "@/shared/ui/skeleton";
import { OrganizationTable } from "../components/organization-table";
import { PlatformDialogs } from "../components/platform-dialogs";
import { AskProvider, type PlatformQuestion } from "../organization-deeds";
import { platformOrganizationsQuery } from "../queries";

export function PlatformPage() {
  usePageTitle("Platform");
  const { data, error, refetch, isFetching } = useQuery(platformOrganizationsQuery());
  const [text, setText] = useState("");
  const [question, setQuestion] = useState<PlatformQuestion | null>(null);
  if (error)
    return (
      <ErrorState
        title="The organizations could not be loaded"
        message={error.message}
        retry={() => void refetch()}
        busy={isFetching}
      />
    );
  if (!data) return <PageSkeleton />;
  if (data.length === 0)
    return (
      <div className="space-y-5">
        <PageHeader title="Platform" />
        <EmptyState
          Icon={Lock}
          title="This page is for those who run the platform"
          action={
            <Link to={paths.home} className="font-medium text-accent-text underline underline-offset-2">
              Go to the start page
            </Link>
          }
        >
          It needs no right that an administrator could grant: everything of your own organizations is on the other
          pages.
        </EmptyState>
      </div>
    );
  const wanted = text.trim().toLowerCase();
  return (
    <div className="space-y-5">
      <PageHeader
        title="Platform"
        description="Every organization. What is in them stays closed, unless you open an access: for a reason, for a while, read only, and in their audit log."
      />
      <Card className="overflow-clip">
        <search className="flex border-b border-line p-3">
          <SearchField label="Search by name" value={text} onChange={setText} className="max-w-72 max-sm:max-w-none" />
        </search>
        <AskProvider value={setQuestion}>
          <OrganizationTable
            organizations={data.filter(({ name, slug }) => `${name} ${slug}`.toLowerCase().includes(wanted))}
          />
        </AskProvider>
      </Card>
      <PlatformDialogs question={question} onClose={() => setQuestion(null)} />
    </div>
  );
}
