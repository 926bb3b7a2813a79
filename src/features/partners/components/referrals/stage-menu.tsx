import { ChevronDown } from "@/shared/ui/icons";
import { Menu, MenuRadioGroup } from "@/shared/ui/menu";
import { Pill } from "@/shared/ui/pill";
import { choiceOf, useChoices } from "../../hooks/use-choices";
import type { Choice, Referral } from "../../types";

interface StageMenuProps {
  referral: Referral;
  /** Not there for those who may not decide. */
  onAdvance: ((stage: Choice) => void) | null;
}

/** Where a referral stands, and how it is moved on. */
export function StageMenu({ referral, onAdvance }: StageMenuProps) {
  const { referralStages } = useChoices();
  const { label, colour } = choiceOf(referralStages, referral.status);
  const pill = (
    <Pill colour={colour} dot>
      {label}
    </Pill>
  );
  if (!onAdvance) return pill;
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`Move ${referral.clientName} on, now ${label}`}
          className="flex h-control max-w-full items-center gap-1 rounded-control pe-1 text-ink-3 hover:bg-hover"
        >
          {pill}
          <ChevronDown aria-hidden="true" className="size-3.5 shrink-0" />
        </button>
      }
    >
      <MenuRadioGroup
        label="Stage"
        value={referral.status}
        onValueChange={(key) => key !== referral.status && onAdvance(choiceOf(referralStages, key))}
        options={referralStages.map(({ key, label: name }) => ({ value: key, label: name }))}
      />
    </Menu>
  );
}
