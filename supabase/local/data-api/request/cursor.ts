// A position in one query parameter, and errors that say where and what else was expected, worded as Parsec words them.
import { type ApiError, parseError } from "../errors.ts";

const IDENTIFIER = /[\p{L}\p{N}_ $]/u;
export const FIELD_NAME = "field name (* or [a..z0..9_$])";

export class Cursor {
  readonly text: string;
  readonly #what: string;
  readonly #shown: string;
  position = 0;

  /** `shown` is what the error message repeats, when it is not the text itself. */
  constructor(text: string, what: string, shown = text) {
    this.text = text;
    this.#what = what;
    this.#shown = shown;
  }

  get done(): boolean {
    return this.position >= this.text.length;
  }

  looksAt(token: string): boolean {
    return this.text.startsWith(token, this.position);
  }

  matches(pattern: RegExp): boolean {
    return pattern.test(this.text.slice(this.position));
  }

  take(token: string): boolean {
    if (!this.looksAt(token)) return false;
    this.position += token.length;
    return true;
  }

  takeWhile(accept: (character: string) => boolean): string {
    const start = this.position;
    while (!this.done && accept(this.text[this.position] ?? "")) this.position++;
    return this.text.slice(start, this.position);
  }

  skipSpaces(): void {
    this.takeWhile((character) => character === " " || character === "\t");
  }

  error(...expected: string[]): ApiError {
    const met = this.done ? "end of input" : JSON.stringify(this.text[this.position]);
    return this.errorMeeting(met, ...expected);
  }

  /** Where only the end would have been right, Parsec names what it met in single quotes. */
  errorNotAtEnd(...expected: string[]): ApiError {
    return this.errorMeeting(`'${this.text[this.position] ?? ""}'`, ...expected, "end of input");
  }

  errorMeeting(met: string, ...expected: string[]): ApiError {
    const last = expected.at(-1);
    const wanted = expected.length > 1 ? `${expected.slice(0, -1).join(", ")} or ${last}` : last;
    return parseError(this.#what, this.#shown, this.position + 1, `unexpected ${met} expecting ${wanted}`);
  }

  /** `"…"` with backslash escapes. */
  quoted(): string {
    this.position++;
    let value = "";
    while (!this.done && !this.looksAt('"')) {
      if (this.take("\\") && this.done) break;
      value += this.text[this.position] ?? "";
      this.position++;
    }
    if (!this.take('"')) throw this.error('"\\""');
    return value;
  }

  /** `expected` replaces what the error says should have come, where more than a name may. */
  fieldName(expected = [FIELD_NAME]): string {
    if (this.looksAt('"')) return this.quoted();
    const start = this.position;
    for (;;) {
      this.takeWhile((character) => IDENTIFIER.test(character));
      if (this.looksAt("-") && !this.looksAt("->") && this.position > start) this.position++;
      else break;
    }
    const name = this.text.slice(start, this.position).trim();
    if (name === "") throw this.error(...expected);
    return name;
  }
}
