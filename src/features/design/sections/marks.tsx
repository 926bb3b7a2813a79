import { Avatar, AvatarGroup } from "@/shared/ui/avatar";
import { Badge } from "@/shared/ui/badge";
import { colourNames } from "@/shared/ui/colour-names";
import { Pill } from "@/shared/ui/pill";
import { Tag } from "@/shared/ui/tag";
import { showToast } from "@/shared/ui/toast";
import { Section, States } from "./show";

const people = [
  { name: "Anna Lindqvist", colour: "violet" },
  { name: "Mara Köhler", colour: "teal" },
  { name: "James Tran", colour: "orange" },
  { name: "Sofia Reyes", colour: "rose" },
  { name: "Cher", colour: "sky" },
  { name: "أحمد منصور", colour: "green" },
] as const;

export function Marks() {
  return (
    <Section
      title="Marks"
      about="Small things that say what or who something is. Colour only where it means something."
    >
      <States of="Pills">
        <Pill tone="good">Active</Pill>
        <Pill tone="warn">Pending</Pill>
        <Pill tone="bad">2 days late</Pill>
        <Pill tone="info">Imported</Pill>
        <Pill tone="accent" dot={false}>
          Platinum
        </Pill>
        <Pill tone="mute" dot={false}>
          Silver
        </Pill>
        <span className="max-w-40">
          <Pill tone="mute">A state with a very long name that is cut off</Pill>
        </span>
      </States>
      <States of="Tags">
        <Tag>Plain</Tag>
        {colourNames.map((colour) => (
          <Tag key={colour} colour={colour}>
            {colour}
          </Tag>
        ))}
        <Tag colour="teal" onRemove={{ label: "Remove Security", run: () => showToast({ title: "Security removed" }) }}>
          Security
        </Tag>
      </States>
      <States of="Badges">
        <Badge count={3} />
        <Badge count={12} tone="accent" label="unread" />
        <Badge count={1284} tone="bad" />
      </States>
      <States of="Avatars">
        {colourNames.map((colour) => (
          <Avatar key={colour} name={`${colour} person`} colour={colour} size="medium" named />
        ))}
      </States>
      <States of="Sizes">
        <Avatar name="Anna Lindqvist" colour="violet" named />
        <Avatar name="Anna Lindqvist" colour="violet" size="medium" named />
        <Avatar name="Anna Lindqvist" colour="violet" size="large" named />
        <Avatar name="Alpine Systems" colour="teal" size="huge" shape="square" named />
      </States>
      <States of="Together">
        <AvatarGroup people={people.slice(0, 3)} />
        <AvatarGroup people={people} most={4} size="medium" />
      </States>
    </Section>
  );
}
