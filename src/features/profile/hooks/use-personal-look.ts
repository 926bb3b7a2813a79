import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSession } from "@/features/auth";
import { chooseTimeZone } from "@/shared/lib/format/use-format";
import { chooseLocale } from "@/shared/lib/locale";
import { adoptTheme, watchChosenTheme } from "@/shared/lib/theme";
import { myProfileQuery } from "../queries";
import { rememberTheme } from "../services/profile-service";

/** Theme, language of dates and time zone follow the person to every device. */
export function usePersonalLook(): void {
  const { user } = useSession();
  const { data: profile } = useQuery(myProfileQuery());
  const theme = profile?.theme;
  const locale = profile?.locale ?? null;
  const timeZone = profile?.timeZone ?? null;
  const userId = user?.id;

  useEffect(() => {
    if (theme) adoptTheme(theme);
  }, [theme]);

  useEffect(() => {
    chooseLocale(locale);
    chooseTimeZone(timeZone);
    return () => {
      chooseLocale(null);
      chooseTimeZone(null);
    };
  }, [locale, timeZone]);

  // Chosen here, it stays chosen on this device also when the server does not hear of it.
  useEffect(() => {
    if (userId) return watchChosenTheme((chosen) => void rememberTheme(userId, chosen).catch(() => {}));
  }, [userId]);
}
