import { useFormat } from "@/shared/lib/format/use-format";
import { Button } from "@/shared/ui/button";
import { ChevronLeft, ChevronRight } from "@/shared/ui/icons";
import { PAGE_SIZE } from "../../constants";
import { firstPage } from "../../filter";
import type { PagePlace, PartnerPage } from "../../types";

interface PagerProps {
  page: PartnerPage;
  /** Comes later than the page, or not at all. */
  total: number | undefined;
  onPlace: (place: PagePlace) => void;
}

export function Pager({ page, total, onPlace }: PagerProps) {
  const format = useFormat();
  const { partners, place, hasPrevious, hasNext } = page;
  if (partners.length === 0 && !hasPrevious) return null;
  const isWhole = !hasPrevious && !hasNext;
  const first = (place.number - 1) * PAGE_SIZE + 1;
  const last = first + partners.length - 1;
  const named = (count: number) => (count === 1 ? "1 partner" : `${format.number(count)} partners`);

  function turnBack() {
    const [next] = partners;
    onPlace(place.number > 2 && next ? { number: place.number - 1, beside: next.id, backwards: true } : firstPage);
  }

  function turnOn() {
    const next = partners.at(-1);
    if (next) onPlace({ number: place.number + 1, beside: next.id, backwards: false });
  }

  return (
    <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line px-4 py-2">
      <p role="status" className="text-ink-2">
        {isWhole
          ? named(partners.length)
          : `${format.number(first)}–${format.number(last)}${total === undefined ? "" : ` of ${named(total)}`}`}
      </p>
      {!isWhole && (
        <nav aria-label="Pages" className="flex gap-2">
          <Button disabled={!hasPrevious} onClick={turnBack}>
            <ChevronLeft aria-hidden="true" className="size-4 rtl:rotate-180" />
            Previous
          </Button>
          <Button disabled={!hasNext} onClick={turnOn}>
            Next
            <ChevronRight aria-hidden="true" className="size-4 rtl:rotate-180" />
          </Button>
        </nav>
      )}
    </div>
  );
}
