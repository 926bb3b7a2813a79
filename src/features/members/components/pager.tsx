import { Button } from "@/shared/ui/button";
import { ChevronLeft, ChevronRight } from "@/shared/ui/icons";
import { PAGE_SIZE } from "../services/member-service";

interface PagerProps {
  page: number;
  total: number;
  onPage: (page: number) => void;
}

export function Pager({ page, total, onPage }: PagerProps) {
  const first = (page - 1) * PAGE_SIZE + 1;
  const last = Math.min(page * PAGE_SIZE, total);
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line px-4 py-2">
      <p role="status" className="text-ink-2">
        {total === 1 ? "1 person" : total <= PAGE_SIZE ? `${total} people` : `${first}–${last} of ${total} people`}
      </p>
      {total > PAGE_SIZE && (
        <nav aria-label="Pages" className="flex gap-2">
          <Button disabled={page <= 1} onClick={() => onPage(page - 1)}>
            <ChevronLeft aria-hidden="true" className="size-4 rtl:rotate-180" />
            Previous
          </Button>
          <Button disabled={last >= total} onClick={() => onPage(page + 1)}>
            Next
            <ChevronRight aria-hidden="true" className="size-4 rtl:rotate-180" />
          </Button>
        </nav>
      )}
    </div>
  );
}
