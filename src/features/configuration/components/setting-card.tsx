import { useRef } from "react";
import { type Draft, type Drafts, draftKey } from "../hooks/use-drafts";
import { useSettingEditor } from "../hooks/use-setting-editor";
import type { Setting } from "../types";
import { ConflictNotice } from "./conflict-notice";
import { ResetButton } from "./reset-button";
import { SaveBar } from "./save-bar";
import { SettingField } from "./setting-field";
import { SettingFrame } from "./setting-frame";
import { EditorProvider } from "./widget-props";

interface SettingCardProps {
  organizationId: string;
  setting: Setting;
  settings: readonly Setting[];
  drafts: Drafts;
  setDraft: (key: string, draft: Draft | null) => void;
}

export function SettingCard({ organizationId, setting, settings, drafts, setDraft }: SettingCardProps) {
  const name = draftKey(organizationId, setting.category, setting.key);
  const editor = useSettingEditor({
    organizationId,
    setting,
    draft: drafts[name],
    setDraft: (draft) => setDraft(name, draft),
  });
  const { value, isDirty, hasConflict, problems, failure, preview, isPreviewing, isSaving } = editor;
  const body = useRef<HTMLDivElement>(null);

  async function save() {
    if (await editor.save()) return;
    // To what is wrong, once it is drawn.
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  }

  return (
    <SettingFrame
      setting={setting}
      isDirty={isDirty}
      actions={
        setting.source === "organization" && (
          <ResetButton organizationId={organizationId} setting={setting} onReset={editor.reset} />
        )
      }
    >
      <div ref={body} className="space-y-3">
        {hasConflict && (
          <ConflictNotice
            setting={setting}
            settings={settings}
            onTakeTheirs={editor.discard}
            onKeepMine={editor.keepMine}
          />
        )}
        <EditorProvider value={{ problems, saved: setting.value, root: value, settings, Field: SettingField }}>
          <SettingField
            schema={setting.schema}
            value={value}
            onChange={editor.change}
            path=""
            label={setting.label}
            hideLabel
          />
        </EditorProvider>
      </div>
      {isDirty && (
        <SaveBar
          label={setting.label}
          problemCount={problems.length}
          failure={failure}
          preview={preview}
          isPreviewing={isPreviewing}
          isSaving={isSaving}
          canSave={!hasConflict}
          onSave={() => void save()}
          onDiscard={editor.discard}
        />
      )}
    </SettingFrame>
  );
}
