import { Button } from "@/shared/ui/button";
import { Notice } from "@/shared/ui/notice";
import { fieldLabels } from "../../field-labels";
import { choiceOf, useChoices } from "../../hooks/use-choices";
import type { PartnerConflict } from "../../save-partner";
import type { Choices, Partner, PartnerFields } from "../../types";

interface ConflictNoticeProps {
  conflict: PartnerConflict;
  onTakeTheirs: (field: keyof PartnerFields) => void;
}

/** The same fields were changed by somebody else: their values beside one's own, which are still in the form. */
export function ConflictNotice({ conflict, onTakeTheirs }: ConflictNoticeProps) {
  const choices = useChoices();
  return (
    <Notice tone="warn">
      <p>
        {conflict.fields.length > 0
          ? "Somebody else changed this in the meantime. What you entered is still here: save again to keep yours, or take theirs."
          : "You have taken what the others entered. Save to keep the rest of yours."}
      </p>
      <ul className="mt-2 space-y-1">
        {conflict.fields.map((field) => (
          <li key={field} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink">
            <span className="min-w-0 flex-1 basis-40 wrap-anywhere">
              {fieldLabels[field]}, theirs:{" "}
              <b className="font-semibold">{shown(conflict.newest, field, choices) || "empty"}</b>
            </span>
            <Button onClick={() => onTakeTheirs(field)}>Take theirs</Button>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function shown(partner: Partner, field: keyof PartnerFields, choices: Choices): string | null {
  const lists = { status: choices.statuses, tier: choices.tiers, domain: choices.domains, region: choices.regions };
  if (field === "ownerId") return partner.owner?.name ?? null;
  if (field === "tags") return partner.tags.map((tag) => choiceOf(choices.tags, tag).label).join(", ");
  const value = partner[field];
  const list = field in lists ? lists[field as keyof typeof lists] : null;
  return list && value !== null ? choiceOf(list, value).label : value;
}
