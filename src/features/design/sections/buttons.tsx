import { Button } from "@/shared/ui/button";
import { IconButton } from "@/shared/ui/icon-button";
import { Bell, Ellipsis, Plus, Search, Trash2 } from "@/shared/ui/icons";
import { Tooltip } from "@/shared/ui/tooltip";
import { Section, States } from "./show";

const looks = ["primary", "secondary", "quiet", "active", "danger"] as const;
const names = { primary: "Primary", secondary: "Secondary", quiet: "Quiet", active: "Active", danger: "Danger" };

export function Buttons() {
  return (
    <Section title="Buttons" about="One primary button on a screen; danger only where something is destroyed.">
      <States of="Looks">
        {looks.map((look) => (
          <Button key={look} look={look}>
            {names[look]}
          </Button>
        ))}
      </States>
      <States of="With an icon">
        <Button look="primary">
          <Plus aria-hidden="true" className="size-4" />
          New entry
        </Button>
        <Button>
          <Search aria-hidden="true" className="size-4" />
          Find
        </Button>
        <Button look="danger">
          <Trash2 aria-hidden="true" className="size-4" />
          Remove
        </Button>
      </States>
      <States of="Under way">
        {looks.map((look) => (
          <Button key={look} look={look} busy>
            Saving …
          </Button>
        ))}
      </States>
      <States of="Disabled">
        {looks.map((look) => (
          <Button key={look} look={look} disabled>
            {names[look]}
          </Button>
        ))}
      </States>
      <States of="Icons alone">
        <IconButton label="Add" Icon={Plus} look="primary" />
        <IconButton label="Notifications" Icon={Bell} />
        <IconButton label="More" Icon={Ellipsis} look="secondary" />
        <IconButton label="Saving" Icon={Plus} look="secondary" busy />
        <IconButton label="Remove" Icon={Trash2} disabled />
      </States>
      <States of="Tooltip">
        <Tooltip label="Opens the list in a new window" side="right">
          <Button>Hover or focus me</Button>
        </Tooltip>
      </States>
    </Section>
  );
}
