import { useOrganizations } from "@/features/organizations";
import { useLocation } from "@/shared/lib/router";
import { itemAt, navigation, navigationFor } from "../navigation";

/** What this person is shown, and where they are in it. */
export function useNavigation() {
  const { organization, can, isPending } = useOrganizations();
  const { pathname } = useLocation();
  const groups = navigationFor(navigation, can, organization?.isActive ?? false);
  return { groups, current: itemAt(groups, pathname), isPending };
}
