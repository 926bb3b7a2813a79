import { AppError, toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import { healthSchema, type StackStatus } from "../schemas";

export async function getStackStatus(signal: AbortSignal): Promise<StackStatus> {
  const asked = performance.now();
  const { data, error } = await supabase().functions.invoke("health", { signal });
  if (error) throw toAppError(error);
  const parsed = healthSchema.safeParse(data);
  if (!parsed.success) throw new AppError("unexpected", { cause: parsed.error });
  return { ...parsed.data, answeredInMs: Math.round(performance.now() - asked) };
}
