// Everything live in this window: a link for each organization whose screens are shown, and the person's own channel.
import { organizationIn, readChange } from "./messages";
import { onWake } from "./on-wake";
import { OrganizationLink, type Watch } from "./organization-link";
import { startOf } from "./start";
import { createSupabaseSource, isRefusal } from "./supabase-source";
import { personTopic } from "./topics";
import type { ChannelState, LiveChannel, LiveSource, Present } from "./types";
import { VISIBLE_MS } from "./visible";

const JITTER_MS = 350;
const REJOIN_MS = 5_000;

export class Live {
  private readonly links = new Map<string, OrganizationLink>();
  private readonly listeners = new Set<() => void>();
  private readonly source: LiveSource;

  constructor(source: LiveSource = createSupabaseSource()) {
    this.source = source;
    onWake(() => {
      for (const link of this.links.values()) link.wake();
    });
  }

  watch(organizationId: string, watch: Watch): () => void {
    return this.linkTo(organizationId).watch(watch);
  }

  show(organizationId: string, me: Present | null): void {
    this.linkTo(organizationId).show(me);
  }

  edit(organizationId: string, cell: string | null): void {
    this.links.get(organizationId)?.edit(cell);
  }

  /** What concerns this person alone, wherever they are. Rows of their own are told to the screens of their organization. */
  watchPerson(userId: string, onMessage: (event: string, payload: unknown) => void): () => void {
    const hear = (event: string, payload: unknown) => {
      const change = event === "changes" ? readChange(payload) : null;
      if (change) this.links.get(organizationIn(payload) ?? "")?.tell([change]);
      onMessage(event, payload);
    };
    let channel: LiveChannel;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const join = () => {
      channel = this.source.join(personTopic(userId), false, {
        onMessage: hear,
        onPresence: () => {},
        onState: (state: ChannelState) => {
          // Ended by the server, such as with a token that ran out while this window slept.
          if (state === "closed") timer = setTimeout(join, REJOIN_MS);
        },
      });
    };
    join();
    return () => {
      clearTimeout(timer);
      channel.leave();
    };
  }

  /** Something that is shown is not followed at the moment. */
  readonly isDown = (): boolean => [...this.links.values()].some((link) => link.isDown());

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private linkTo(organizationId: string): OrganizationLink {
    const known = this.links.get(organizationId);
    if (known) return known;
    const link = new OrganizationLink(organizationId, this.source, {
      start: startOf(organizationId),
      jitterMs: () => VISIBLE_MS + Math.random() * JITTER_MS,
      isRefusal,
      onStatus: () => {
        if (link.isIdle()) this.links.delete(organizationId);
        for (const listener of this.listeners) listener();
      },
    });
    this.links.set(organizationId, link);
    return link;
  }
}

let live: Live | null = null;

export function theLive(): Live {
  live ??= new Live();
  return live;
}
