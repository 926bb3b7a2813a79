import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/shared/ui/button";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import { RotateCcw } from "@/shared/ui/icons";
import { TextSkeleton } from "@/shared/ui/skeleton";
import { sourceLabels } from "../constants";
import { previewQuery } from "../queries";
import type { Setting } from "../types";
import { ChangeSummary } from "./change-summary";

interface ResetButtonProps {
  organizationId: string;
  setting: Setting;
  onReset: () => Promise<void>;
}

export function ResetButton({ organizationId, setting, onReset }: ResetButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <ConfirmDialog
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button look="quiet" className="-my-1" aria-label={`Reset ${setting.label}`}>
          <RotateCcw aria-hidden="true" className="size-3.5" />
          Reset
        </Button>
      }
      title={`Reset ${setting.label}?`}
      description={<ResetPreview organizationId={organizationId} setting={setting} />}
      confirmLabel="Reset to inherited"
      onConfirm={onReset}
    />
  );
}

/** Asked for when the question is, and answered before the deed. */
function ResetPreview({ organizationId, setting }: Omit<ResetButtonProps, "onReset">) {
  const { data, isPending } = useQuery(previewQuery(organizationId, setting.category, setting.key, { reset: true }));
  const [problem] = data?.problems ?? [];
  return (
    <div className="space-y-2">
      <p>
        This organization's own value is removed, and{" "}
        {setting.inheritedSource === "tenant" ? "the tenant's value" : "the default"} holds again (
        {sourceLabels[setting.inheritedSource]}).
      </p>
      {isPending && <TextSkeleton className="w-48" />}
      {problem ? <p className="font-medium text-bad">{problem.message}.</p> : data && <ChangeSummary preview={data} />}
    </div>
  );
}
