import { useQuery } from "@tanstack/react-query";
import { useSession } from "@/features/auth";
import { myProfileQuery } from "@/features/profile";
import { Avatar } from "@/shared/ui/avatar";
import { lazyPart } from "../lazy-part";
import { MenuButton } from "./menu-button";

const menu = lazyPart(async () => (await import("./user-menu")).UserMenu);

export function UserButton() {
  const { user } = useSession();
  const { data: profile } = useQuery(myProfileQuery());
  return (
    <MenuButton
      menu={menu}
      look={{
        className: "grid size-control place-items-center rounded-full",
        children: (
          <>
            <Avatar
              name={profile?.displayName ?? user?.email ?? ""}
              colour={profile?.avatarColor ?? null}
              size="medium"
            />
            <span className="sr-only">Account</span>
          </>
        ),
      }}
    />
  );
}
