import { type ReactNode, useId } from "react";
import { CircleAlert } from "./icons";

export interface FieldProps {
  label: string;
  /** The label is read out but not shown, where the place says it already. */
  hideLabel?: boolean | undefined;
  help?: ReactNode;
  error?: string | undefined;
  required?: boolean | undefined;
  className?: string | undefined;
}

/** What ties a control to its label, help and error, for the eye and for screen readers. */
export function useField(
  { help, error, required }: Pick<FieldProps, "help" | "error" | "required">,
  wishedId?: string,
) {
  const ownId = useId();
  const id = wishedId ?? ownId;
  const describedBy = [error && `${id}-error`, help && `${id}-help`].filter(Boolean).join(" ");
  return {
    id,
    labelId: `${id}-label`,
    control: {
      id,
      "aria-invalid": error ? true : undefined,
      "aria-describedby": describedBy || undefined,
      "aria-required": required || undefined,
    },
  } as const;
}

export function Field({
  id,
  label,
  hideLabel,
  help,
  error,
  required,
  className,
  children,
}: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className={`min-w-0 ${className ?? ""}`}>
      <label id={`${id}-label`} htmlFor={id} className={hideLabel ? "sr-only" : "mb-1 block font-medium text-ink"}>
        <LabelText label={label} required={required} />
      </label>
      {children}
      <FieldNotes id={id} help={help} error={error} />
    </div>
  );
}

/** The same for several controls that answer one question. */
export function FieldGroup({
  id,
  role,
  label,
  hideLabel,
  help,
  error,
  required,
  className,
  describedBy,
  children,
}: FieldProps & { id: string; role?: "radiogroup"; describedBy?: string | undefined; children: ReactNode }) {
  return (
    <fieldset
      role={role}
      aria-describedby={describedBy}
      {...(role === "radiogroup" && {
        "aria-invalid": error ? true : undefined,
        "aria-required": required || undefined,
      })}
      className={`min-w-0 ${className ?? ""}`}
    >
      <legend className={hideLabel ? "sr-only" : "mb-1 font-medium text-ink"}>
        <LabelText label={label} required={required} />
      </legend>
      {children}
      <FieldNotes id={id} help={help} error={error} />
    </fieldset>
  );
}

function LabelText({ label, required }: { label: string; required: boolean | undefined }) {
  return (
    <>
      {label}
      {required && (
        <span aria-hidden="true" className="text-bad">
          {" "}
          *
        </span>
      )}
    </>
  );
}

function FieldNotes({ id, help, error }: { id: string; help: ReactNode; error: string | undefined }) {
  return (
    <>
      {help && (
        <p id={`${id}-help`} className="mt-1 text-small text-ink-2">
          {help}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="mt-1 flex items-start gap-1 text-small text-bad">
          <CircleAlert aria-hidden="true" className="mt-[0.1875rem] size-3 shrink-0" />
          <span className="min-w-0 wrap-anywhere">{error}</span>
        </p>
      )}
    </>
  );
}

/** The box around an input and what stands in it. */
export const fieldBox =
  "flex min-h-field w-full items-center rounded-control border border-line-control bg-surface text-ink -outline-offset-1 outline-accent has-[:is(input,textarea):focus-visible]:outline-2 has-aria-invalid:border-bad has-[:is(input,textarea):read-only]:border-line has-[:is(input,textarea):read-only]:bg-sunken has-[:is(input,textarea):disabled]:border-line has-[:is(input,textarea):disabled]:bg-sunken has-[:is(input,textarea):disabled]:text-ink-3";

export const fieldInput =
  "min-w-0 flex-1 rounded-[inherit] bg-transparent px-2.5 text-ellipsis outline-none placeholder:text-ink-3 disabled:cursor-not-allowed";

/** The same look for a control that is a button. */
export const fieldButton =
  "flex h-field w-full items-center gap-2 rounded-control border border-line-control bg-surface px-2.5 text-start text-ink focus-visible:-outline-offset-1 aria-invalid:border-bad data-disabled:cursor-not-allowed data-disabled:border-line data-disabled:bg-sunken data-disabled:text-ink-3 data-readonly:border-line data-readonly:bg-sunken";
