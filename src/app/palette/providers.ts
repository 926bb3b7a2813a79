// What the palette searches beside its own commands. Loaded with the palette; each feature keeps its own search light.
import { memberSearch } from "@/features/members";
import { partnerSearch } from "@/features/partners";
import { registerSearchProvider } from "@/shared/lib/search-providers";

registerSearchProvider(partnerSearch);
registerSearchProvider(memberSearch);
