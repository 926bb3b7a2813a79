import { AppError, toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import { type StackStatus, stackStatusSchema } from "../schemas";

export async function getStackStatus(signal: AbortSignal): Promise<StackStatus> {
  const { data, error } = await supabase().functions.invoke("health", { signal });
  if (error) throw toAppError(error);
  const parsed = stackStatusSchema.safeParse(data);
  if (!parsed.success) throw new AppError("unexpected", { cause: parsed.error });
  return parsed.data;
}
