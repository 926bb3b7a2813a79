import { useFormat } from "@/shared/lib/format/use-format";
import { Button } from "@/shared/ui/button";
import { ChevronLeft, ChevronRight } from "@/shared/ui/icons";
import { firstPage } from "../filter";
import { COUNTED_AT_MOST, PAGE_SIZE } from "../services/member-service";
import type { MemberPage, PagePlace } from "../types";

interface PagerProps {
  page: MemberPage;
  /** Comes later than the page, or not at all. */
  total: number | undefined;
  isSearch: boolean;
  onPlace: (place: PagePlace) => void;
}

export function Pager({ page, total, isSearch, onPlace }: PagerProps) {
  const format = useFormat();
  const { members, place, hasPrevious, hasNext } = page;
  if (members.length === 0 && !hasPrevious) return null;
  const isWhole = !hasPrevious && !hasNext;
  const first = (place.number - 1) * PAGE_SIZE + 1;
  const last = first + members.length - 1;

  function people(count: number): string {
    if (isSearch && count > COUNTED_AT_MOST) return `more than ${format.number(COUNTED_AT_MOST)} people`;
    return count === 1 ? "1 person" : `${format.number(count)} people`;
  }

  function turnBack() {
    const [next] = members;
    onPlace(place.number > 2 && next ? { number: place.number - 1, beside: next.id, backwards: true } : firstPage);
  }

  function turnOn() {
    const next = members.at(-1);
    if (next) onPlace({ number: place.number + 1, beside: next.id, backwards: false });
  }

  return (
    <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line px-4 py-2">
      <p role="status" className="text-ink-2">
        {isWhole
          ? people(members.length)
          : `${format.number(first)}–${format.number(last)}${total === undefined ? "" : ` of ${people(total)}`}`}
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
