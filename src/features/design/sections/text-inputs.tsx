import { useState } from "react";
import { PasswordField, passwordRules } from "@/shared/ui/password-field";
import { SearchField } from "@/shared/ui/search-field";
import { TextArea } from "@/shared/ui/text-area";
import { TextField } from "@/shared/ui/text-field";
import { EmailField, PhoneField, UrlField } from "@/shared/ui/typed-fields";
import { FieldStates, Section, States } from "./show";

export function TextInputs() {
  const [search, setSearch] = useState("");
  return (
    <Section
      title="Text fields"
      about="A label above, help below, and what is wrong where it is wrong, with what to do."
    >
      <FieldStates of="States">
        <TextField label="Name" defaultValue="Alpine Systems" help="As it stands on the agreement." />
        <TextField label="Required" required placeholder="Nothing yet" />
        <TextField label="With a mistake" defaultValue="Alpine" error="This name is taken. Choose another one." />
        <TextField label="Disabled" defaultValue="Alpine Systems" disabled />
        <TextField label="Read only" defaultValue="Alpine Systems" readOnly help="Comes from the agreement." />
        <TextField label="Right to left" defaultValue="شركة ألفا للأنظمة" />
        <TextField
          label="A label that is so long that it does not fit into one line of a narrow window"
          defaultValue="And a text that is longer than its field, which scrolls inside it when you go there"
        />
        <TextField label="With a prefix" start="acme.app/" defaultValue="northwind" />
      </FieldStates>
      <FieldStates of="By type">
        <EmailField label="E-mail address" defaultValue="anna@northwind.test" />
        <UrlField label="Web site" />
        <PhoneField label="Phone" />
      </FieldStates>
      <FieldStates of="Password">
        <PasswordField label="Your password" autoComplete="current-password" defaultValue="workspace" />
        <PasswordField
          label="New password"
          name="new-password-sample"
          autoComplete="new-password"
          rules={passwordRules}
          defaultValue="workspace"
          required
        />
      </FieldStates>
      <FieldStates of="Long text">
        <TextArea label="Note" placeholder="What should your colleagues know?" help="Grows with what you type." />
        <TextArea label="Note with a mistake" defaultValue="x" error="Write at least ten letters." required />
        <TextArea label="Locked note" defaultValue="Nobody may change this." readOnly />
        <TextArea label="Disabled note" defaultValue="Not now." disabled />
      </FieldStates>
      <States of="Search">
        <SearchField
          label="Search the list"
          value={search}
          onChange={setSearch}
          shortcut="Ctrl F"
          className="max-w-72"
        />
      </States>
    </Section>
  );
}
