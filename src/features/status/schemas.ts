import { z } from "@/shared/lib/zod";

/** What the Edge Function `health` answers. What only the database knows is null while it does not answer. */
export const healthSchema = z.object({
  status: z.enum(["ok", "degraded"]),
  checkedAt: z.iso.datetime(),
  versions: z.object({ database: z.string().nullable(), runtime: z.string(), product: z.string() }),
  migrations: z.object({ applied: z.number().nullable(), latest: z.string().nullable() }),
  jobs: z.object({ waiting: z.number().nullable() }),
});

export interface StackStatus extends z.infer<typeof healthSchema> {
  /** Measured here: from asking to having the answer. */
  answeredInMs: number;
}
