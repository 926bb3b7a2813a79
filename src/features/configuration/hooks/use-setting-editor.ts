import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { AppError } from "@/shared/lib/errors";
import { ownWrite } from "@/shared/lib/live/own-writes";
import type { Json } from "@/shared/types/database.types";
import { showToast } from "@/shared/ui/toast";
import { checkValue } from "../lib/check";
import { objectOf, sameJson, textOf } from "../lib/schema";
import { configurationKeys } from "../queries";
import { problemsOf, resetSetting, type SettingAddress, saveSetting } from "../services/configuration-service";
import type { Problem, Setting } from "../types";
import type { Draft } from "./use-drafts";
import { usePreview } from "./use-preview";

interface Options {
  organizationId: string;
  setting: Setting;
  draft: Draft | undefined;
  setDraft: (draft: Draft | null) => void;
}

/** One setting as somebody edits it: what is typed, what is wrong with it, what it would do, and saving it. */
export function useSettingEditor({ organizationId, setting, draft, setDraft }: Options) {
  const queryClient = useQueryClient();
  const [refused, setRefused] = useState<{ value: Json; problems: Problem[] }>();
  const [failure, setFailure] = useState<string>();
  const [wantsToSave, setWantsToSave] = useState(false);
  const [isSaving, setSaving] = useState(false);

  const value = draft ? draft.value : setting.value;
  const toSave = orNotSet(setting, value);
  const isDirty = draft !== undefined;
  const hasConflict = isDirty && draft.version !== setting.version;
  const own = isDirty ? checkValue(setting.schema, toSave, setting.label, setting.isRequired) : [];
  const preview = usePreview(organizationId, setting, toSave, isDirty && !hasConflict && own.length === 0);
  const all = [
    ...own.filter(({ isMissing }) => !isMissing || wantsToSave),
    ...(refused?.value === value ? refused.problems : []),
    ...(own.length === 0 ? (preview.data?.problems ?? []) : []),
  ];
  const problems = all.filter(
    (problem, index) =>
      all.findIndex(({ path, message }) => path === problem.path && message === problem.message) === index,
  );

  const address = (version: number | null): SettingAddress => ({
    organizationId,
    category: setting.category,
    key: setting.key,
    version,
  });

  // Told at once and then read again: another setting may have inherited or named what was changed.
  async function store(next: Pick<Setting, "value" | "source" | "version">) {
    const queryKey = configurationKeys.settings(organizationId);
    queryClient.setQueryData<Setting[]>(queryKey, (settings) =>
      settings?.map((other) =>
        other.category === setting.category && other.key === setting.key ? { ...other, ...next } : other,
      ),
    );
    await queryClient.invalidateQueries({ queryKey });
  }

  async function write(next: Json | undefined, version: number | null): Promise<number | null> {
    const stored = await ownWrite<number | undefined>(async () =>
      next === undefined ? void (await resetSetting(address(version))) : saveSetting(address(version), next),
    );
    const newVersion = stored ?? null;
    void store(
      next === undefined
        ? { value: setting.inheritedValue, source: setting.inheritedSource, version: null }
        : { value: next, source: "organization", version: newVersion },
    );
    return newVersion;
  }

  // What the organization had of its own before; nothing when it inherited.
  const before = setting.version === null ? undefined : setting.value;

  async function save(): Promise<boolean> {
    setWantsToSave(true);
    if (isSaving || !draft || hasConflict) return false;
    if (own.length > 0) return false;
    setSaving(true);
    setFailure(undefined);
    try {
      const version = await write(toSave, draft.version);
      setDraft(null);
      setWantsToSave(false);
      showToast({ tone: "good", title: `${setting.label} saved`, undo: () => write(before, version) });
      return true;
    } catch (error) {
      const found = problemsOf(error);
      if (found.length > 0) setRefused({ value, problems: found });
      else await explain(error);
      return false;
    } finally {
      setSaving(false);
    }
  }

  async function reset(): Promise<void> {
    try {
      await write(undefined, setting.version);
    } catch (error) {
      if (isStale(error)) await readAgain();
      const [first] = problemsOf(error);
      throw first ? new AppError("invalid", { sentence: `${first.message}.`, cause: error }) : error;
    }
    setDraft(null);
    showToast({ tone: "good", title: `${setting.label} is inherited again`, undo: () => write(setting.value, null) });
  }

  const readAgain = () => queryClient.invalidateQueries({ queryKey: configurationKeys.settings(organizationId) });

  async function explain(error: unknown) {
    // The newer version is fetched, and stands beside what was typed: the conflict explains itself.
    if (isStale(error)) await readAgain();
    setFailure(error instanceof Error ? error.message : "That did not work. Try again.");
  }

  return {
    value,
    isDirty,
    hasConflict,
    problems,
    failure: hasConflict ? undefined : failure,
    preview: preview.data,
    isPreviewing: preview.isFetching,
    isSaving,
    change: (next: Json) => {
      setFailure(undefined);
      setDraft(
        sameJson(next, setting.value) && !hasConflict
          ? null
          : { value: next, version: draft?.version ?? setting.version },
      );
    },
    discard: () => {
      setFailure(undefined);
      setWantsToSave(false);
      setDraft(null);
    },
    /** Goes on with what was typed, knowing what the others have stored meanwhile. */
    keepMine: () => draft && setDraft({ ...draft, version: setting.version }),
    save,
    reset,
  };
}

const isStale = (error: unknown) => error instanceof AppError && error.code === "PW006";

/** An emptied field of a setting that may be left open stands for "not set". */
function orNotSet(setting: Setting, value: Json): Json {
  if (setting.isRequired) return value;
  const isEmpty = value === "" || (setting.schema.format === "money" && textOf(objectOf(value).amount) === "");
  return isEmpty ? null : value;
}
