// What the command palette asks while somebody types. A feature describes how it is searched; the app registers it.
import type { Permission } from "./permissions";

interface SearchResult {
  id: string;
  label: string;
  /** Tells two of the same name apart. */
  detail?: string;
  /** The page that opens. */
  to: string;
}

export interface SearchProvider {
  key: string;
  /** The heading over its results. */
  label: string;
  /** Without this right it is not asked. */
  permission?: Permission;
  search(text: string, options: { organizationId: string; signal: AbortSignal }): Promise<SearchResult[]>;
}

const providers = new Map<string, SearchProvider>();

/** The same key again replaces what stood there. */
export function registerSearchProvider(provider: SearchProvider): void {
  providers.set(provider.key, provider);
}

export function searchProviders(): SearchProvider[] {
  return [...providers.values()];
}
