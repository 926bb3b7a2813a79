import { useDeferredValue } from "react";
import { Card } from "@/shared/ui/card";
import { EmptyState } from "@/shared/ui/empty-state";
import { Search, SlidersHorizontal } from "@/shared/ui/icons";
import { categoryOf } from "../constants";
import type { Draft, Drafts } from "../hooks/use-drafts";
import type { Setting } from "../types";
import { SettingCard } from "./setting-card";
import { SettingFrame } from "./setting-frame";
import { ValueView } from "./value-view";

interface SettingListProps {
  organizationId: string;
  settings: readonly Setting[];
  shown: readonly Setting[];
  drafts: Drafts;
  setDraft: (key: string, draft: Draft | null) => void;
  canEdit: boolean;
  isSearching: boolean;
  searched: string;
  category: string;
}

export function SettingList({ shown, isSearching, searched, category, ...rest }: SettingListProps) {
  if (shown.length === 0)
    return (
      <Card>
        {isSearching ? (
          <EmptyState Icon={Search} title="No setting was found">
            Nothing says “<bdi>{searched}</bdi>”. Search for what a setting is about, such as “tier”, “currency” or
            “reminder”.
          </EmptyState>
        ) : (
          <EmptyState Icon={SlidersHorizontal} title="There are no settings here">
            Choose another category.
          </EmptyState>
        )}
      </Card>
    );
  if (!isSearching) return <Cards key={category} category={category} shown={shown} {...rest} />;
  const categories = [...new Set(shown.map((setting) => setting.category))];
  return (
    <>
      <p role="status" className="sr-only">
        {shown.length} found
      </p>
      {categories.map((key) => (
        <Cards key={key} category={key} shown={shown.filter((setting) => setting.category === key)} {...rest} />
      ))}
    </>
  );
}

/** So many fill the first screen. */
const FIRST = 3;

type CardsProps = Omit<SettingListProps, "isSearching" | "searched">;

function Cards({ category, shown, settings, canEdit, organizationId, drafts, setDraft }: CardsProps) {
  const { label, description } = categoryOf(category);
  // What is in sight is drawn at once, the rest right after it without holding anything up.
  const count = useDeferredValue(shown.length, FIRST);
  return (
    <section aria-label={label} className="space-y-3">
      <p className="text-ink-2">
        <span className="font-medium text-ink">{label}</span>
        {description && ` · ${description}`}
      </p>
      {shown.slice(0, count).map((setting) =>
        canEdit ? (
          <SettingCard
            key={`${category}/${setting.key}`}
            {...{ organizationId, setting, settings, drafts, setDraft }}
          />
        ) : (
          <SettingFrame key={`${category}/${setting.key}`} setting={setting}>
            <ValueView schema={setting.schema} value={setting.value} settings={settings} />
          </SettingFrame>
        ),
      )}
    </section>
  );
}
