// Between text and HTML: what the mails of this stack and the page that shows them have in common.

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");

/** The same mail for readers without HTML; a link keeps its address. */
export function htmlToText(html: string): string {
  return html
    .replace(/<(style|script|title)\b.*?<\/\1>/gis, "")
    .replace(/<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)<\/a>/gis, "$2: $1")
    .replace(/<\/(?:p|h\d|div|li|tr)>|<br\s*\/?>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(
      /&(?:amp|lt|gt|#34|#39);/g,
      (entity) => Object.keys(ENTITIES).find((key) => ENTITIES[key] === entity) ?? "",
    )
    .replace(/[ \t]+/g, " ")
    .replace(/\s*\n\s*/g, "\n\n")
    .trim();
}
