import { useState } from "react";
import { Checkbox } from "@/shared/ui/checkbox";
import { ColourChoice } from "@/shared/ui/colour-choice";
import type { ColourName } from "@/shared/ui/colour-names";
import { Combobox } from "@/shared/ui/combobox";
import { MultiCombobox } from "@/shared/ui/multi-combobox";
import type { Option } from "@/shared/ui/option";
import { RadioGroup } from "@/shared/ui/radio-group";
import { Select } from "@/shared/ui/select";
import { Switch } from "@/shared/ui/switch";
import { FieldStates, Section } from "./show";

const levels: readonly Option[] = [
  { value: "platinum", label: "Platinum", colour: "violet", description: "From 20 deals a year" },
  { value: "gold", label: "Gold", colour: "amber", description: "From 5 deals a year" },
  { value: "silver", label: "Silver", colour: "slate" },
  { value: "closed", label: "No longer offered", colour: "rose", disabled: true },
];

const cities: readonly Option[] = [
  ["zurich", "Zürich", "Switzerland"],
  ["geneva", "Geneva", "Switzerland"],
  ["berlin", "Berlin", "Germany"],
  ["munich", "Munich", "Germany"],
  ["paris", "Paris", "France"],
  ["lyon", "Lyon", "France"],
  ["cairo", "القاهرة", "Egypt"],
  ["llanfair", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "Wales"],
].map(([value = "", label = "", description = ""]) => ({ value, label, description }));

/** As slow as a server, and refusing one word. */
async function searchCities(query: string, signal: AbortSignal): Promise<readonly Option[]> {
  await new Promise((resolve) => setTimeout(resolve, 300));
  signal.throwIfAborted();
  if (query === "fail") throw new Error("The server cannot be reached. Check your connection and try again.");
  return cities.filter(({ label }) => label.toLowerCase().includes(query.toLowerCase()));
}

const nothing = () => {};

export function Choices() {
  const [level, setLevel] = useState<string | null>("gold");
  const [city, setCity] = useState<string | null>("zurich");
  const [far, setFar] = useState<string | null>("paris");
  const [several, setSeveral] = useState<readonly string[]>(["berlin", "cairo"]);
  const [pace, setPace] = useState<"daily" | "weekly" | "never">("weekly");
  const [colour, setColour] = useState<ColourName | null>("teal");
  return (
    <Section title="Choices" about="Few to choose from stand open; a dozen are a select; more are searched.">
      <FieldStates of="Select">
        <Select label="Level" value={level} onChange={setLevel} options={levels} help="What the agreement says." />
        <Select label="Level, required" value={null} onChange={nothing} options={levels} required />
        <Select label="Level with a mistake" value={null} onChange={nothing} options={levels} error="Choose a level." />
        <Select label="Disabled level" value="gold" onChange={nothing} options={levels} disabled />
        <Select label="Locked level" value="gold" onChange={nothing} options={levels} readOnly />
      </FieldStates>
      <FieldStates of="Combobox">
        <Combobox label="City" value={city} onChange={setCity} options={cities} help="By name or country." />
        <Combobox
          label="City, from the server"
          value={far}
          onChange={setFar}
          loadOptions={searchCities}
          known={cities}
          help="Type “fail” to see an error."
        />
        <MultiCombobox label="Cities" value={several} onChange={setSeveral} options={cities} />
        <Combobox label="City with a mistake" value={null} onChange={nothing} options={cities} error="Choose a city." />
        <Combobox label="Disabled city" value="lyon" onChange={nothing} options={cities} disabled />
        <MultiCombobox
          label="Locked cities"
          value={["lyon", "llanfair"]}
          onChange={nothing}
          options={cities}
          readOnly
        />
      </FieldStates>
      <FieldStates of="Checkbox">
        <div>
          <Checkbox label="Send me a copy" defaultChecked />
          <Checkbox label="Only working days" help="Monday to Friday." />
          <Checkbox label="Some of them" indeterminate />
        </div>
        <div>
          <Checkbox label="I agree" error="Agree to go on." />
          <Checkbox label="Disabled" disabled />
          <Checkbox label="Disabled and checked" disabled defaultChecked />
        </div>
      </FieldStates>
      <FieldStates of="Switch">
        <Switch label="Mail for each invitation" help="Takes effect at once." defaultChecked />
        <Switch label="Weekly summary" />
        <Switch label="Disabled" disabled />
      </FieldStates>
      <FieldStates of="Radio group">
        <RadioGroup
          label="Summary"
          value={pace}
          onValueChange={setPace}
          options={[
            { value: "daily", label: "Every day", description: "In the morning, without weekends." },
            { value: "weekly", label: "Every week" },
            { value: "never", label: "Never", disabled: true },
          ]}
        />
        <RadioGroup
          label="With a mistake"
          required
          error="Choose one of them."
          options={[
            { value: "a", label: "First" },
            { value: "b", label: "Second" },
          ]}
        />
      </FieldStates>
      <FieldStates of="Colour">
        <ColourChoice label="Colour" value={colour} onChange={setColour} />
        <ColourChoice label="Disabled colour" value="rose" onChange={nothing} disabled />
      </FieldStates>
    </Section>
  );
}
