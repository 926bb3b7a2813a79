// Creating with a key: what was made by an attempt whose answer was lost is found again, and nothing is made twice.
import { toAppError } from "@/shared/lib/errors";

interface Answer<Row> {
  data: Row | null;
  error: { code: string } | null;
}

const EXISTS = "23505";

export async function createOnce<Row>(
  insert: () => PromiseLike<Answer<Row>>,
  findByKey: () => PromiseLike<Answer<Row>>,
): Promise<Row> {
  const made = await insert();
  if (made.data) return made.data;
  if (made.error?.code !== EXISTS) throw toAppError(made.error);
  const before = await findByKey();
  // Something else exists already, such as another row with the same name.
  if (!before.data) throw toAppError(before.error ?? made.error);
  return before.data;
}

/** Nothing was changed: it is not the version that was seen any more, or not for this person to change. */
export function changedRow<Row>({ data, error }: Answer<Row>): Row {
  if (error) throw toAppError(error);
  if (!data) throw toAppError({ code: "PW006" });
  return data;
}
