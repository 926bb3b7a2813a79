import { toAppError } from "@/shared/lib/errors";
import { showToast } from "@/shared/ui/toast";

/** For what has no place of its own to say that it did not work. */
export async function orTell(title: string, act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (cause) {
    showToast({ tone: "bad", title, description: toAppError(cause).message });
    return false;
  }
}
