import { describe, expect, it } from "vitest";
import { htmlToText } from "../mail/html.ts";
import { renderHtml, renderText } from "./templates.ts";

const values = {
  ConfirmationURL: "https://api.test/verify?token=a&type=signup",
  Token: "123456",
  TokenHash: "abc",
  SiteURL: "https://app.test",
  Email: "a@auth.test",
  NewEmail: "",
  RedirectTo: "https://app.test/in",
  Data: { name: `<b onclick="x">'&`, team: { name: "North" }, count: 3 },
};

describe("mail templates", () => {
  it("take every variable of the platform, with or without spaces and trimming", () => {
    expect(
      renderText("{{ .Token }} {{.TokenHash}} {{- .SiteURL -}} {{ .Email }} {{ .NewEmail }}|{{ .RedirectTo }}", values),
    ).toBe("123456 abc https://app.test a@auth.test |https://app.test/in");
    expect(
      renderText("{{ .Data.team.name }} {{ .Data.count }} {{ .Data.missing.deep }}|{{ .Data.constructor }}|", values),
    ).toBe("North 3 ||");
  });

  it("turn values into text, never into markup, and never read them as templates", () => {
    expect(renderHtml(`<a href="{{ .ConfirmationURL }}">{{ .Data.name }}</a>`, values)).toBe(
      `<a href="https://api.test/verify?token=a&amp;type=signup">&lt;b onclick=&#34;x&#34;&gt;&#39;&amp;</a>`,
    );
    expect(renderHtml("{{ .Data.name }}", { ...values, Data: { name: "{{ .Token }}" } })).toBe("{{ .Token }}");
  });

  it("are readable without HTML", () => {
    expect(
      htmlToText(`<style>p{}</style><h2>Hello</h2>\n<p>Go <a href="https://a.test/?b=1&amp;c=2">there</a></p>`),
    ).toBe("Hello\n\nGo there: https://a.test/?b=1&c=2");
  });
});
