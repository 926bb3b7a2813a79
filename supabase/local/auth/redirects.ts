// Where a link may lead: the site itself and the addresses named in config.toml. Anything else leads to the site.

export interface Redirects {
  isAllowed(address: string): boolean;
  /** The first allowed address among what the request asks for; the site's when there is none. */
  forRequest(request: Request, url: URL): string;
}

export function createRedirects(siteUrl: string, allowList: string[]): Redirects {
  const site = URL.parse(siteUrl);
  const patterns = allowList.map(globPattern);

  function isAllowed(address: string): boolean {
    const url = URL.parse(address);
    if (!url || url.username || url.password) return false;
    const isWeb = url.protocol === "http:" || url.protocol === "https:";
    if (isWeb && url.hostname === site?.hostname) return true;
    url.hash = "";
    // What is matched is what a browser would open, not how it was spelled: `https://a\.good.test` leads to host `a`.
    const forms = url.pathname === "/" && !url.search ? [url.href, url.href.replace(/\/$/, "")] : [url.href];
    return patterns.some((pattern) => forms.some((form) => pattern.test(form)));
  }

  return {
    isAllowed,
    forRequest(request, url) {
      const asked = request.headers.get("redirect_to") || url.searchParams.get("redirect_to");
      const candidates = [asked, request.headers.get("referer")];
      return candidates.find((address): address is string => Boolean(address) && isAllowed(address ?? "")) ?? siteUrl;
    },
  };
}

/** The platform's globs: `*` stays between separators (`.` and `/`), `**` does not, `?`, `[a-z]`, `{a,b}`, `\` escapes. */
export function globPattern(glob: string): RegExp {
  let source = "";
  let alternatives = 0;
  for (let index = 0; index < glob.length; index += 1) {
    const character = glob.charAt(index);
    if (character === "*" && glob[index + 1] === "*") {
      source += ".*";
      index += 1;
    } else if (character === "*") source += "[^./]*";
    else if (character === "?") source += "[^./]";
    else if (character === "{") {
      source += "(?:";
      alternatives += 1;
    } else if (character === "}" && alternatives > 0) {
      source += ")";
      alternatives -= 1;
    } else if (character === "," && alternatives > 0) source += "|";
    else if (character === "[" && glob.indexOf("]", index) > index + 1) {
      const end = glob.indexOf("]", index);
      const set = glob.slice(index + 1, end).replace(/[\\[\]^]/g, "\\$&");
      source += set.startsWith("!") ? `[^${set.slice(1)}]` : `[${set}]`;
      index = end;
    } else {
      const literal = character === "\\" ? glob.charAt(++index) : character;
      source += literal.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
    }
  }
  return new RegExp(`^${source}${")".repeat(alternatives)}$`, "s");
}
