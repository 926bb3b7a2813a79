import { Button, type ButtonProps } from "./button";
import type { LucideIcon } from "./icons";
import { Tooltip } from "./tooltip";

interface IconButtonProps extends Omit<ButtonProps, "children" | "square"> {
  /** What the button does: its name for screen readers and its tooltip. */
  label: string;
  Icon: LucideIcon;
}

export function IconButton({ label, Icon, look = "quiet", ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label}>
      <Button aria-label={label} look={look} square {...rest}>
        {!rest.busy && <Icon aria-hidden="true" className="size-4" />}
      </Button>
    </Tooltip>
  );
}
