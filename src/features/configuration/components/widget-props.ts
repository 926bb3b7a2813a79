import { type ComponentType, createContext, useContext } from "react";
import type { Json } from "@/shared/types/database.types";
import type { Problem, Setting, SettingSchema } from "../types";

/** What every control gets, whatever it shows. */
export interface WidgetProps {
  schema: SettingSchema;
  value: Json;
  onChange: (value: Json) => void;
  /** JSON pointer of this place in the setting's value. */
  path: string;
  label: string;
  /** The place says it already; the label is only read out. */
  hideLabel?: boolean | undefined;
  help?: string | undefined;
  /** Stands in a row beside others: as small as can be. */
  compact?: boolean | undefined;
}

interface EditorContext {
  /** What is wrong with the setting that is edited. */
  problems: readonly Problem[];
  /** The value as it is stored: an entry in it keeps its key. */
  saved: Json;
  /** The whole value that is edited: a field may name an entry of another list in it. */
  root: Json;
  /** All settings: a field may name an entry of another one. */
  settings: readonly Setting[];
  /** The control for any place: groups and lists show what is inside of them with it. */
  Field: ComponentType<WidgetProps>;
}

const Editor = createContext<EditorContext | null>(null);

export const EditorProvider = Editor.Provider;

export function useEditor(): EditorContext {
  const editor = useContext(Editor);
  if (!editor) throw new Error("A field of a setting is used outside of EditorProvider.");
  return editor;
}
