import { useState } from "react";
import { paths } from "@/shared/lib/paths";
import { Button } from "@/shared/ui/button";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import { Dialog, OverlayClose, Sheet } from "@/shared/ui/dialog";
import { Copy, Pencil, Settings, Trash2, Users } from "@/shared/ui/icons";
import {
  Menu,
  MenuCheckboxItem,
  MenuGroup,
  MenuItem,
  MenuLink,
  MenuRadioGroup,
  MenuSeparator,
  Submenu,
} from "@/shared/ui/menu";
import { TextField } from "@/shared/ui/text-field";
import { showToast } from "@/shared/ui/toast";
import { Section, States } from "./show";

export function Overlays() {
  return (
    <Section
      title="Above the page"
      about="Escape closes all of them and the focus goes back to where it was. None opens by itself."
    >
      <States of="Menu">
        <ActionsMenu />
        <ViewMenu />
      </States>
      <States of="Dialog">
        <FormDialog />
        <Dialog
          trigger={<Button>Long text</Button>}
          title="A title that is far longer than anybody would expect of a title, and still stands whole"
          description="What is longer than the window scrolls inside, between the title and the buttons."
          footer={<OverlayClose>{<Button look="primary">Understood</Button>}</OverlayClose>}
        >
          <div className="space-y-3">
            {Array.from({ length: 24 }, (_, line) => `Line ${line + 1} of a text that goes on for a while.`).map(
              (line) => (
                <p key={line}>{line}</p>
              ),
            )}
          </div>
        </Dialog>
      </States>
      <States of="Sheet">
        <Sheet
          trigger={<Button>Open sheet</Button>}
          title="Details"
          description="Beside the page, or from below on a phone."
          footer={<OverlayClose>{<Button>Done</Button>}</OverlayClose>}
        >
          <TextField label="Name" defaultValue="Alpine Systems" />
        </Sheet>
      </States>
      <States of="Confirmation">
        <ConfirmDialog
          trigger={<Button>Publish</Button>}
          title="Publish the new version?"
          description="Everybody in the organization sees it from now on."
          confirmLabel="Publish"
          onConfirm={() => showToast({ tone: "good", title: "Published" })}
        />
        <ConfirmDialog
          trigger={<Button look="danger">Remove</Button>}
          title="Remove the list “Renewals”?"
          description="It goes away for everybody. This cannot be undone."
          confirmLabel="Remove the list"
          tone="danger"
          typeToConfirm="Renewals"
          onConfirm={() => showToast({ title: "List removed" })}
        />
        <ConfirmDialog
          trigger={<Button>Refused</Button>}
          title="Close the period?"
          description="A refusal is shown where the question was asked."
          confirmLabel="Close the period"
          onConfirm={async () => {
            throw new Error("Three entries are still open. Approve or reject them first.");
          }}
        />
      </States>
      <States of="Toast">
        <Toasts />
      </States>
    </Section>
  );
}

function ActionsMenu() {
  const say = (title: string) => () => showToast({ title });
  return (
    <Menu trigger={<Button>Actions</Button>}>
      <MenuItem Icon={Pencil} shortcut="F2" onSelect={say("Renamed")}>
        Rename
      </MenuItem>
      <MenuItem Icon={Copy} shortcut="Ctrl D" onSelect={say("Duplicated")}>
        Duplicate
      </MenuItem>
      <MenuItem Icon={Users} disabled onSelect={say("Shared")}>
        Share, which needs another right
      </MenuItem>
      <Submenu Icon={Settings} label="Move to">
        <MenuItem onSelect={say("Moved to the archive")}>Archive</MenuItem>
        <MenuItem onSelect={say("Moved to drafts")}>Drafts</MenuItem>
      </Submenu>
      <MenuLink to={paths.home}>Go home</MenuLink>
      <MenuSeparator />
      <MenuItem Icon={Trash2} tone="danger" shortcut="Del" onSelect={say("Removed")}>
        Remove
      </MenuItem>
    </Menu>
  );
}

function ViewMenu() {
  const [density, setDensity] = useState<"dense" | "roomy">("dense");
  const [shown, setShown] = useState({ owner: true, region: false });
  return (
    <Menu trigger={<Button>View</Button>} align="end">
      <MenuRadioGroup
        label="Rows"
        value={density}
        onValueChange={setDensity}
        options={[
          { value: "dense", label: "Dense" },
          { value: "roomy", label: "Roomy" },
        ]}
      />
      <MenuSeparator />
      <MenuGroup label="Columns">
        <MenuCheckboxItem checked={shown.owner} onCheckedChange={(owner) => setShown({ ...shown, owner })}>
          Owner
        </MenuCheckboxItem>
        <MenuCheckboxItem checked={shown.region} onCheckedChange={(region) => setShown({ ...shown, region })}>
          Region
        </MenuCheckboxItem>
      </MenuGroup>
    </Menu>
  );
}

function FormDialog() {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<Button look="primary">Invite</Button>}
      title="Invite a colleague"
      description="They get a mail with a link that works once."
      size="small"
      keepOpen
      footer={
        <>
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button
            look="primary"
            onClick={() => {
              setOpen(false);
              showToast({ tone: "good", title: "Invitation sent" });
            }}
          >
            Send invitation
          </Button>
        </>
      }
    >
      <TextField label="E-mail address" type="email" />
    </Dialog>
  );
}

function Toasts() {
  return (
    <>
      <Button onClick={() => showToast({ title: "Link copied" })}>Plain</Button>
      <Button onClick={() => showToast({ tone: "good", title: "Saved", description: "Everybody sees it now." })}>
        Good
      </Button>
      <Button onClick={() => showToast({ tone: "warn", title: "Saved, with two warnings" })}>Warning</Button>
      <Button
        onClick={() =>
          showToast({ tone: "bad", title: "Not saved", description: "The server cannot be reached. Try again." })
        }
      >
        Bad
      </Button>
      <Button
        onClick={() =>
          showToast({ title: "3 rows archived", undo: () => showToast({ tone: "good", title: "3 rows are back" }) })
        }
      >
        With undo
      </Button>
    </>
  );
}
