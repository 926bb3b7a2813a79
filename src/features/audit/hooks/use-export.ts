import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { csvRows, downloadCsv } from "@/shared/lib/csv";
import { AppError } from "@/shared/lib/errors";
import { useLocale } from "@/shared/lib/locale";
import { showToast } from "@/shared/ui/toast";
import { changesAsText } from "../changes";
import { namesQuery } from "../queries";
import { getAuditPage } from "../services/audit-service";
import type { AuditFilters } from "../types";
import { actionWord, actorWord, tableWord } from "../words";

export const EXPORT_LIMIT = 50_000;
const PAGE_SIZE = 1000;

const header = ["Time (UTC)", "Who", "Action", "Kind", "Name", "Row", "What changed", "Number in the chain"];

/** All events that the filters leave, page by page into one file. */
export function useExport(organizationId: string, filters: AuditFilters) {
  const queryClient = useQueryClient();
  const locale = useLocale();
  const [done, setDone] = useState<number | null>(null);

  async function run() {
    setDone(0);
    try {
      const names = await queryClient.ensureQueryData(namesQuery(organizationId));
      const parts = [csvRows([header])];
      let before: number | null = null;
      let count = 0;
      while (count < EXPORT_LIMIT) {
        const page = await getAuditPage({ organizationId, filters, before, size: PAGE_SIZE });
        parts.push(
          csvRows(
            page.map((event) => [
              event.occurredAt,
              actorWord(event, names),
              actionWord(event.action),
              tableWord(event.tableName),
              event.label,
              event.rowId,
              changesAsText(event, { names, locale }),
              event.sequence,
            ]),
          ),
        );
        count += page.length;
        setDone(count);
        if (page.length < PAGE_SIZE) break;
        before = page.at(-1)?.id ?? null;
      }
      downloadCsv(`audit-log-${new Date().toISOString().slice(0, 10)}.csv`, parts);
      const cut = count >= EXPORT_LIMIT;
      showToast({
        tone: cut ? "warn" : "good",
        title: `${count.toLocaleString(locale)} events exported`,
        ...(cut && { description: "More than this does not fit into one file: narrow the period for the rest." }),
      });
    } catch (error) {
      showToast({
        tone: "bad",
        title: "The export stopped",
        description: error instanceof AppError ? error.message : "Nothing was saved. Try again.",
      });
    } finally {
      setDone(null);
    }
  }

  return { run: () => void run(), done };
}
