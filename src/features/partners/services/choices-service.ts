// What can be chosen from: read from the resolved configuration, written on the configuration page only.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { Json } from "@/shared/types/database.types";
import { isColourName } from "@/shared/ui/colour-names";
import type { Choice, Choices, CommissionType, HealthLevel } from "../types";

export async function getChoices(organizationId: string, signal: AbortSignal): Promise<Choices> {
  const { data, error } = await supabase()
    .rpc("resolved_configuration", { organization: organizationId })
    .select("category, key, value")
    .abortSignal(signal);
  if (error) throw toAppError(error);
  return choicesOf(data);
}

interface SettingValue {
  category: string;
  key: string;
  value: Json;
}

export function choicesOf(settings: readonly SettingValue[]): Choices {
  const setting = (category: string, key: string) =>
    settings.find((each) => each.category === category && each.key === key)?.value;
  const list = (category: string, key: string) => entriesOf(setting(category, key)).map(choiceOf);
  const currencies = [setting("organization", "base_currency"), setting("revenue", "currencies")].flat();
  return {
    statuses: list("partners", "statuses"),
    tiers: list("partners", "tiers"),
    domains: list("partners", "domains"),
    regions: list("partners", "regions"),
    tags: list("partners", "tags"),
    healthLevels: entriesOf(setting("partners", "health_levels"))
      .map((entry): HealthLevel => ({ ...choiceOf(entry), from: Number(entry.from) || 0 }))
      .sort((a, b) => a.from - b.from),
    referralStages: list("partners", "referral_stages"),
    dealStages: list("pipeline", "stages"),
    products: list("partners", "products"),
    dealReasons: [...list("pipeline", "win_reasons"), ...list("pipeline", "loss_reasons")],
    documentTypes: list("partners", "document_types"),
    interactionTypes: list("partners", "interaction_types"),
    taskPriorities: list("team", "task_priorities"),
    commissionTypes: entriesOf(setting("commission", "types")).map(
      (entry): CommissionType => ({
        ...choiceOf(entry),
        rate: Number(entry.rate) || 0,
        paymentModel: textIn(entry.payment_model),
      }),
    ),
    defaultCommissionType: textIn(setting("commission", "default_type")),
    // The organization's own first.
    currencies: [...new Set(currencies.filter((currency) => typeof currency === "string"))],
  };
}

type Entry = Record<string, Json | undefined>;

function entriesOf(value: Json | undefined): Entry[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (entry): entry is Entry =>
      typeof entry === "object" && entry !== null && !Array.isArray(entry) && typeof entry.key === "string",
  );
}

function choiceOf(entry: Entry): Choice {
  const colour = textIn(entry.color);
  return {
    key: String(entry.key),
    label: textIn(entry.label) ?? String(entry.key),
    colour: isColourName(colour) ? colour : null,
    description: textIn(entry.description),
    meaning: textIn(entry.counts_as) ?? textIn(entry.outcome),
  };
}

function textIn(value: Json | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
