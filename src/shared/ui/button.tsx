import type { ComponentProps } from "react";
import { Spinner } from "./spinner";

const looks = {
  primary: "bg-accent text-accent-ink hover:bg-accent-hover",
  secondary: "border border-line-strong bg-surface text-ink shadow-low hover:bg-hover",
  quiet: "text-ink-2 hover:bg-hover hover:text-ink",
  danger: "bg-danger text-danger-ink hover:bg-danger-hover",
  /** A button that is on, such as a filter in use. */
  active: "bg-accent-soft text-accent-text hover:bg-accent-soft-hover",
} as const;

export interface ButtonProps extends ComponentProps<"button"> {
  look?: keyof typeof looks;
  /** Something is under way: the button keeps its place and its name, and takes no second click. */
  busy?: boolean;
  /** As wide as high, for an icon alone. */
  square?: boolean;
}

export function Button({
  look = "secondary",
  busy = false,
  square = false,
  type = "button",
  className = "",
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      className={`inline-flex items-center justify-center gap-1.5 rounded-control font-medium whitespace-nowrap transition-colors duration-100 select-none disabled:pointer-events-none disabled:opacity-50 ${square ? "size-control shrink-0" : "h-control px-3"} ${looks[look]} ${className}`}
      {...rest}
      {...(busy && { onClick: (event) => event.preventDefault() })}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}
