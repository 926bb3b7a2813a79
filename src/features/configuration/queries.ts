import { queryOptions } from "@tanstack/react-query";
import type { Json } from "@/shared/types/database.types";
import { getSettings, previewSetting } from "./services/configuration-service";

export const configurationKeys = {
  settings: (organizationId: string) => ["configuration", organizationId, "settings"] as const,
  preview: (organizationId: string, category: string, key: string, change: { value: Json } | { reset: true }) =>
    ["configuration", organizationId, "preview", category, key, change] as const,
};

/** All categories at once: searching goes over every setting, and a choice of one may come from another. */
export const settingsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: configurationKeys.settings(organizationId),
    queryFn: ({ signal }) => getSettings(organizationId, signal),
  });

export const previewQuery = (
  organizationId: string,
  category: string,
  key: string,
  change: { value: Json } | { reset: true },
) =>
  queryOptions({
    queryKey: configurationKeys.preview(organizationId, category, key, change),
    queryFn: ({ signal }) => previewSetting({ organizationId, category, key }, change, signal),
    // A trial run of saving: never repeated by itself.
    retry: false,
    staleTime: 10_000,
    gcTime: 10_000,
  });
