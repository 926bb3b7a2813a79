import { Skeleton } from "@/shared/ui/skeleton";

export function WorkspaceSkeleton() {
  return (
    <div role="status" className="space-y-4">
      <span className="sr-only">Loading the partner</span>
      <Skeleton className="h-38 rounded-[14px] max-sm:-mx-4 max-sm:-mt-4 max-sm:h-48 max-sm:rounded-none" />
      <div className="flex h-9 items-center gap-5 border-b border-line max-sm:h-11">
        {["a", "b", "c", "d", "e"].map((key) => (
          <Skeleton key={key} className="h-3 w-16" />
        ))}
      </div>
      <div className="grid grid-cols-2 gap-4 max-lg:grid-cols-1">
        <Skeleton className="h-72 rounded-card" />
        <Skeleton className="h-48 rounded-card" />
      </div>
    </div>
  );
}
