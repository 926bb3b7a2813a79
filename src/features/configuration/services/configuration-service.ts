// The settings of an organization as they hold, and the organization's own values. Also the only writer of configurations.
import { AppError, toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { Database, Json } from "@/shared/types/database.types";
import type { Preview, Problem, Setting, SettingSchema, Source } from "../types";

type SettingRow = Database["public"]["Functions"]["resolved_configuration"]["Returns"][number];

/** Which setting of whom, and the version of the organization's own value that the person saw; null for none. */
export interface SettingAddress {
  organizationId: string;
  category: string;
  key: string;
  version: number | null;
}

export async function getSettings(organizationId: string, signal: AbortSignal): Promise<Setting[]> {
  const { data, error } = await supabase()
    .rpc("resolved_configuration", { organization: organizationId })
    .abortSignal(signal);
  if (error) throw toAppError(error);
  return data.map(settingOf);
}

/** Sets the organization's own value. Answers with its new version. */
export async function saveSetting(
  { organizationId, category, key, version }: SettingAddress,
  value: Json,
): Promise<number> {
  const own = supabase().from("configurations");
  const { data, error } =
    version === null
      ? await own.insert({ organization_id: organizationId, category, key, value: value ?? nothing }).select("version")
      : await own
          .update({ value: value ?? nothing })
          .match({ organization_id: organizationId, category, key, version })
          .select("version");
  if (error) throw conflictOr(error);
  const [saved] = data;
  if (!saved) throw stale();
  return saved.version;
}

/** Takes the organization's own value away, so that the inherited one holds again. */
export async function resetSetting({ organizationId, category, key, version }: SettingAddress): Promise<void> {
  const { data, error } = await supabase()
    .from("configurations")
    .delete()
    .match({ organization_id: organizationId, category, key, version })
    .select("id");
  if (error) throw toAppError(error);
  if (data.length === 0) throw stale();
}

export async function previewSetting(
  { organizationId, category, key }: Omit<SettingAddress, "version">,
  change: { value: Json } | { reset: true },
  signal: AbortSignal,
): Promise<Preview> {
  const { data, error } = await supabase()
    .rpc("preview_configuration", { organization: organizationId, category, key, ...change })
    .abortSignal(signal);
  if (error) throw toAppError(error);
  return data as unknown as Preview;
}

/** What the database found wrong with a value, place by place; nothing when the error is another one. */
export function problemsOf(error: unknown): Problem[] {
  if (!(error instanceof AppError) || error.code !== "PW007" || !error.details) return [];
  try {
    const problems: unknown = JSON.parse(error.details);
    return Array.isArray(problems) ? problems.filter(isProblem) : [];
  } catch {
    return [];
  }
}

// The generated type knows no null for the column; the database reads it as "not set".
const nothing = null as unknown as NonNullable<Json>;

// Two who set the same value first: the second one's insert finds the row there.
function conflictOr(error: { code: string }): AppError {
  return error.code === "23505" ? stale(error) : toAppError(error);
}

const stale = (cause?: unknown) => new AppError("conflict", { code: "PW006", cause });

function isProblem(problem: unknown): problem is Problem {
  return (
    typeof problem === "object" &&
    problem !== null &&
    typeof Reflect.get(problem, "path") === "string" &&
    typeof Reflect.get(problem, "message") === "string"
  );
}

function settingOf(row: SettingRow): Setting {
  return {
    category: row.category,
    key: row.key,
    label: row.label,
    help: row.help,
    schema: row.schema as unknown as SettingSchema,
    isRequired: row.is_required,
    position: row.position,
    value: row.value,
    source: row.source as Source,
    inheritedValue: row.inherited_value,
    inheritedSource: row.inherited_source as Source,
    version: row.version,
  };
}
