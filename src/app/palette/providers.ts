// What the palette searches beside its own commands. Loaded with the palette; each feature keeps its own search light.
import { memberSearch } from "@/features/members";
import { registerSearchProvider } from "@/shared/lib/search-providers";

registerSearchProvider(memberSearch);
