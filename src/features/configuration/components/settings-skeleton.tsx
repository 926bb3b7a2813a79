import { Card } from "@/shared/ui/card";
import { Skeleton, TextSkeleton } from "@/shared/ui/skeleton";

/** Shaped like the settings that come. */
export function SettingsSkeleton() {
  return (
    <div role="status" className="space-y-3">
      <span className="sr-only">Loading the settings</span>
      {["w-32", "w-24", "w-40", "w-28"].map((width) => (
        <Card key={width} className="grid grid-cols-[16rem_minmax(0,1fr)] gap-x-8 gap-y-3 p-4 max-xl:grid-cols-1">
          <div>
            <TextSkeleton className={width} />
            <TextSkeleton className="w-52" />
            <Skeleton className="mt-2 h-5 w-24 rounded-full" />
          </div>
          <Skeleton className="h-9 w-full max-w-80" />
        </Card>
      ))}
    </div>
  );
}
