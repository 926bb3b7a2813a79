import { configurationPath } from "@/shared/lib/paths";
import { Link, useNavigate } from "@/shared/lib/router";
import { Badge } from "@/shared/ui/badge";
import { Select } from "@/shared/ui/select";
import { categoryOf } from "../constants";

interface CategoryEntry {
  key: string;
  /** How many of its settings the organization has set itself. */
  ownCount: number;
  hasDrafts: boolean;
}

interface CategoryNavigationProps {
  categories: readonly CategoryEntry[];
  current: string | null;
}

/** Beside the settings; on a phone one field above them. */
export function CategoryNavigation({ categories, current }: CategoryNavigationProps) {
  const navigate = useNavigate();
  return (
    <>
      <nav aria-label="Categories" className="sticky top-20 self-start max-lg:hidden">
        <ul className="space-y-0.5">
          {categories.map(({ key, ownCount, hasDrafts }) => {
            const { label, Icon } = categoryOf(key);
            return (
              <li key={key}>
                <Link
                  to={configurationPath(key)}
                  aria-current={key === current ? "page" : undefined}
                  className="flex h-control items-center gap-2.5 rounded-control px-2 font-medium text-ink-2 hover:bg-hover hover:text-ink aria-[current]:bg-surface aria-[current]:text-ink aria-[current]:shadow-low aria-[current]:ring-1 aria-[current]:ring-line"
                >
                  <Icon aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
                  <span className="min-w-0 flex-1 truncate">{label}</span>
                  {hasDrafts && (
                    <span className="size-1.5 shrink-0 rounded-full bg-warn">
                      <span className="sr-only">not saved</span>
                    </span>
                  )}
                  {ownCount > 0 && <Badge count={ownCount} label="set here" />}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
      <div className="lg:hidden">
        <Select
          label="Category"
          options={categories.map(({ key }) => {
            const { label, Icon } = categoryOf(key);
            return { value: key, label, Icon };
          })}
          value={current}
          placeholder="Found in all categories"
          onChange={(key) => void navigate(configurationPath(key))}
        />
      </div>
    </>
  );
}
