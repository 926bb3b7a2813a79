// One or many addresses as people paste them: from a line, a list, a spreadsheet's column or a mail's header.
export interface ParsedAddresses {
  /** Each once, in the order they were given. */
  addresses: string[];
  /** What is not an address. */
  refused: string[];
}

export function parseAddresses(text: string): ParsedAddresses {
  const addresses = new Set<string>();
  const refused = new Set<string>();
  // In "Anna Lind <anna@company.com>" the address stands in the brackets.
  const bare = text.replaceAll(/[^<>,;\n]*<([^<>\s]+)>/g, " $1 ");
  for (const word of bare.split(/[\s,;]+/).filter(Boolean)) {
    const address = word.replace(/^mailto:/i, "").toLowerCase();
    if (/^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/.test(address)) addresses.add(address);
    else refused.add(word);
  }
  return { addresses: [...addresses], refused: [...refused] };
}
