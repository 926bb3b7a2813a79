// Fills in mail templates. The variables are those of the platform's templates, in its Go notation.
import { escapeHtml } from "../mail/html.ts";

export interface TemplateValues {
  ConfirmationURL: string;
  Token: string;
  TokenHash: string;
  SiteURL: string;
  Email: string;
  NewEmail: string;
  RedirectTo: string;
  Data: Record<string, unknown>;
}

function lookUp(values: TemplateValues, path: string): string {
  let current: unknown = values;
  for (const name of path.split(".").slice(1))
    current =
      typeof current === "object" && current !== null && Object.hasOwn(current, name)
        ? Reflect.get(current, name)
        : undefined;
  if (current === undefined || current === null) return "";
  return typeof current === "object" ? JSON.stringify(current) : String(current);
}

const fill = (template: string, value: (path: string) => string): string =>
  template.replace(/\{\{-?\s*((?:\.[A-Za-z_]\w*)+)\s*-?\}\}/g, (_, path: string) => value(path));

export const renderText = (template: string, values: TemplateValues): string =>
  fill(template, (path) => lookUp(values, path));

/** Values become text in the HTML, never markup: what people call themselves is theirs to choose. */
export const renderHtml = (template: string, values: TemplateValues): string =>
  fill(template, (path) => escapeHtml(lookUp(values, path)));
