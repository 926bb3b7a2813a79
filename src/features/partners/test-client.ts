// A client that remembers what it was asked and answers what it was told to: for tests of services.
import type { PartnerRow } from "./services/partner-rows";

interface Call {
  rpc?: string;
  table?: string;
  /** What was done to the table: select, insert, update or delete. */
  deed?: string;
  args?: unknown;
  /** Which rows, as "column operator value". */
  filters?: string[];
}

interface Refusal {
  code: string;
  message?: string;
  details?: string;
}

type Answer = { data: unknown; error: null } | { data: null; error: Refusal };

const filterNames = ["eq", "is", "in", "lte", "or"];

export function stubClient() {
  const calls: Call[] = [];
  let answers: Answer[] = [];
  const next = (): Answer => answers.shift() ?? { data: null, error: null };

  /** Everything can be chained on; awaited, it answers. */
  function chain(call: Call): unknown {
    const proxy: unknown = new Proxy(
      {},
      {
        get(_, name: string) {
          if (name === "then") {
            const answer = next();
            return (resolve: (value: Answer) => void) => resolve(answer);
          }
          return (...args: unknown[]) => {
            if (["insert", "update", "delete"].includes(name)) {
              call.deed = name;
              call.args = args[0];
            } else if (name === "select") call.deed ??= name;
            else if (filterNames.includes(name)) {
              call.filters ??= [];
              call.filters.push(name === "or" ? `or ${args[0]}` : `${args[0]} ${name} ${args[1]}`);
            }
            return proxy;
          };
        },
      },
    );
    return proxy;
  }

  const remember = (call: Call) => {
    calls.push(call);
    return chain(call);
  };
  return {
    calls,
    api: {
      rpc: (rpc: string, args: unknown) => remember({ rpc, args }),
      from: (table: string) => remember({ table }),
    },
    /** In the order in which it is asked. */
    answer: (data: unknown) => void answers.push({ data, error: null }),
    refuse: (error: Refusal) => void answers.push({ data: null, error }),
    reset() {
      calls.length = 0;
      answers = [];
    },
  };
}

export function partnerRow(values: Partial<PartnerRow> = {}): PartnerRow {
  return {
    id: "p",
    name: "Alpine Systems",
    domain: null,
    website: null,
    status: "active",
    tier: null,
    region: null,
    tags: [],
    relationship_health: 50,
    primary_contact_name: null,
    primary_contact_email: null,
    primary_contact_phone: null,
    primary_contact_role: null,
    agreement_starts_on: null,
    agreement_ends_on: null,
    agreement_renews_on: null,
    agreement_terms: null,
    notes: null,
    archived_at: null,
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    version: 1,
    owner_id: null,
    owner: null,
    ...values,
  };
}
