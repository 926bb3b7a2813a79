import { useActiveOrganization } from "@/features/organizations";
import { usePageTitle } from "@/shared/lib/page-title";
import { paths } from "@/shared/lib/paths";
import { useParams, useSearchParams } from "@/shared/lib/router";
import { Card } from "@/shared/ui/card";
import { ErrorState } from "@/shared/ui/error-state";
import { Notice } from "@/shared/ui/notice";
import { PageHeader } from "@/shared/ui/page-header";
import { SearchField } from "@/shared/ui/search-field";
import { CategoryNavigation } from "../components/category-navigation";
import { LeaveDialog } from "../components/leave-dialog";
import { SettingList } from "../components/setting-list";
import { SettingsSkeleton } from "../components/settings-skeleton";
import { categoryOf, categoryOrder } from "../constants";
import { useDrafts } from "../hooks/use-drafts";
import { useSettings } from "../hooks/use-settings";
import { findSettings } from "../lib/search";
import type { Setting } from "../types";

export function ConfigurationPage() {
  const { organization, can } = useActiveOrganization();
  const { settings, error, isFetching, retry } = useSettings(organization.id);
  const { drafts, setDraft, count, leaving } = useDrafts(paths.configuration);
  const [search, setSearch] = useSearchParams();
  const { category } = useParams();
  const text = search.get("q") ?? "";
  const keys = categoriesIn(settings);
  const chosen = category ?? keys[0] ?? "organization";
  const isSearching = text.trim() !== "";
  usePageTitle(isSearching ? "Configuration" : `${categoryOf(chosen).label} · Configuration`);
  const canEdit = can("config.write") === "all";
  const shown = isSearching
    ? findSettings(settings ?? [], text)
    : (settings ?? []).filter((setting) => setting.category === chosen);

  return (
    <div className="space-y-4">
      <PageHeader
        title="Configuration"
        description={
          canEdit
            ? "How this organization works. What is not set here is inherited."
            : "How this organization works. An administrator can change it."
        }
        actions={
          <div className="w-64 max-sm:w-full">
            <SearchField
              label="Search the settings"
              value={text}
              onChange={(next) => setSearch(next ? { q: next } : {}, { replace: true })}
            />
          </div>
        }
      />
      <div className="grid grid-cols-[12rem_minmax(0,1fr)] gap-6 max-lg:grid-cols-1 max-lg:gap-4">
        <CategoryNavigation
          current={isSearching ? null : chosen}
          categories={keys.map((key) => ({
            key,
            ownCount: settings?.filter((setting) => setting.category === key && setting.version !== null).length ?? 0,
            hasDrafts: Object.keys(drafts).some((name) => name.startsWith(`${organization.id}/${key}/`)),
          }))}
        />
        <div className="min-w-0 space-y-3" aria-busy={isFetching}>
          {settings && error && <Notice>{error.message} What stands below is the last answer.</Notice>}
          {settings ? (
            <SettingList
              key={organization.id}
              {...{ settings, shown, drafts, setDraft, canEdit, isSearching }}
              organizationId={organization.id}
              searched={text}
              category={chosen}
            />
          ) : error ? (
            <Card>
              <ErrorState
                title="The settings could not be loaded"
                message={error.message}
                retry={retry}
                busy={isFetching}
              />
            </Card>
          ) : (
            <SettingsSkeleton />
          )}
        </div>
      </div>
      <LeaveDialog count={count} leaving={leaving} />
    </div>
  );
}

/** In our order, and then those that came later. Before the answer is there, those that are known. */
function categoriesIn(settings: readonly Setting[] | undefined): string[] {
  if (!settings) return categoryOrder;
  const there = new Set(settings.map(({ category }) => category));
  return [
    ...categoryOrder.filter((key) => there.has(key)),
    ...[...there].filter((key) => !categoryOrder.includes(key)),
  ];
}
