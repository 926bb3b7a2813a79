// The live channels of one organization: those that the screens in this window show, under its present epoch. Whatever could have
// been missed (before a channel was joined, while the connection was gone, across an epoch) is asked for afterwards.
import { readChange, readEpoch } from "./messages";
import type { LiveStart } from "./start";
import { type LiveSubject, PRESENCE_SUBJECT, topicOf } from "./topics";
import type { ChannelState, LiveChanges, LiveChannel, LiveSource, Present } from "./types";

/** Screens that follow one another share channels: they are left a moment after nobody wants them. */
const LINGER_MS = 2_000;
/** Channels are joined together: what was missed is asked for once. */
const SETTLE_MS = 30;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
/** How often it is made sure that nothing was missed, while things are told. */
const UPKEEP_MS = 60_000;

export interface Watch {
  subjects: readonly LiveSubject[];
  onChanges(changes: LiveChanges): void;
  /** From now on nothing is missed. What was read before, or is on its way, may be older. */
  onStart?(): void;
  /** What this person may see could be another now. */
  onRights?(): void;
  onPresence?(present: Present[]): void;
}

interface Joined {
  channel: LiveChannel | null;
  state: ChannelState | "joining";
}

interface LinkOptions {
  /** Null: it is asked for, and what was read before then is read once more. */
  start: LiveStart | null;
  /** Everybody hears of a new epoch at once; they must not all join at once. */
  jitterMs(): number;
  isRefusal(error: unknown): boolean;
  onStatus(): void;
}

export class OrganizationLink {
  private epoch: number | null;
  private cursor: string | null;
  private hasHeard = false;
  private present: Present[] = [];
  private me: Present | null = null;
  private isAsking = false;
  private askAgain = false;
  private failures = 0;
  private isFailing = false;
  private readonly watches = new Set<Watch>();
  private readonly channels = new Map<LiveSubject, Joined>();
  private readonly timers: Partial<
    Record<"ask" | "sync" | "rejoin" | "epoch" | "upkeep", ReturnType<typeof setTimeout>>
  > = {};
  private readonly organizationId: string;
  private readonly source: LiveSource;
  private readonly options: LinkOptions;

  constructor(organizationId: string, source: LiveSource, options: LinkOptions) {
    this.organizationId = organizationId;
    this.source = source;
    this.options = options;
    this.epoch = options.start?.epoch ?? null;
    this.cursor = options.start?.cursor ?? null;
  }

  watch(watch: Watch): () => void {
    this.watches.add(watch);
    watch.onPresence?.(this.present);
    this.sync();
    return () => {
      this.watches.delete(watch);
      this.after("sync", LINGER_MS, () => this.sync());
    };
  }

  /** Null: no longer here. */
  show(me: Present | null): void {
    this.me = me;
    if (me) this.channels.get(PRESENCE_SUBJECT)?.channel?.show(me);
  }

  /** Which field of what they have open; shown again as far as they are shown at all. */
  edit(cell: string | null): void {
    if (this.me && this.me.cell !== cell) this.show({ ...this.me, cell });
  }

  tell(changes: LiveChanges): void {
    if (changes.length > 0) for (const watch of this.watches) watch.onChanges(changes);
  }

  /** The window woke up, or the network is back. */
  wake(): void {
    this.source.probe();
    this.askSoon();
  }

  /** Something that is wanted is not being heard at the moment. */
  isDown(): boolean {
    return this.isFailing || [...this.channels.values()].some(({ state }) => state === "lost" || state === "closed");
  }

  isIdle(): boolean {
    return this.watches.size === 0 && this.channels.size === 0;
  }

  private sync(): void {
    const wanted = new Set([...this.watches].flatMap(({ subjects }) => subjects));
    for (const [subject, { channel, state }] of this.channels)
      if (!wanted.has(subject) || state === "closed") {
        channel?.leave();
        this.channels.delete(subject);
      }
    if (wanted.size === 0) this.forget();
    else if (this.epoch === null) void this.ask();
    else for (const subject of wanted) if (!this.channels.has(subject)) this.join(subject, this.epoch);
    this.options.onStatus();
  }

  private forget(): void {
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
    this.epoch = null;
    this.cursor = null;
    this.isFailing = false;
    this.failures = 0;
    this.present = [];
  }

  private join(subject: LiveSubject, epoch: number): void {
    const joined: Joined = { channel: null, state: "joining" };
    this.channels.set(subject, joined);
    const isMine = () => this.channels.get(subject) === joined;
    const withPresence = subject === PRESENCE_SUBJECT;
    joined.channel = this.source.join(topicOf(this.organizationId, subject, epoch), withPresence, {
      onState: (state) => {
        if (!isMine()) return;
        joined.state = state;
        this.onState(joined);
      },
      onMessage: (event, payload) => {
        if (isMine()) this.onMessage(subject, event, payload);
      },
      onPresence: (present) => {
        if (!isMine()) return;
        this.present = present;
        for (const watch of this.watches) watch.onPresence?.(present);
      },
    });
    if (withPresence && this.me) joined.channel.show(this.me);
  }

  private onState({ state }: Joined): void {
    if (state === "joined") {
      this.failures = 0;
      this.askSoon();
    }
    if (state === "refused") {
      // Under an epoch that is over, or no longer theirs: the answer tells. It is not tried again under this one.
      this.rightsMayDiffer();
      this.askSoon();
    }
    if (state === "closed") {
      this.after("rejoin", this.nextRetry(), () => this.sync());
    }
    this.options.onStatus();
  }

  private onMessage(subject: LiveSubject, event: string, payload: unknown): void {
    this.hasHeard = true;
    if (event === "epoch") {
      const epoch = readEpoch(payload);
      if (epoch === null || epoch <= (this.epoch ?? 0)) return;
      this.after("epoch", this.options.jitterMs(), () => {
        this.rightsMayDiffer();
        this.moveTo(epoch);
      });
      return;
    }
    const change = readChange(payload, subject);
    if (change) this.tell([event === "refetch" ? { ...change, ids: null } : change]);
  }

  private moveTo(epoch: number): void {
    if (epoch <= (this.epoch ?? 0)) return;
    this.epoch = epoch;
    for (const { channel } of this.channels.values()) channel?.leave();
    this.channels.clear();
    this.sync();
  }

  private askSoon(): void {
    this.after("ask", SETTLE_MS, () => void this.ask());
  }

  private async ask(): Promise<void> {
    if (this.isAsking) {
      this.askAgain = true;
      return;
    }
    this.isAsking = true;
    this.askAgain = false;
    const { cursor } = this;
    try {
      const gap = await this.source.changesSince(this.organizationId, cursor);
      if (this.watches.size === 0) return;
      this.failures = 0;
      this.isFailing = false;
      this.cursor = gap.cursor;
      this.hasHeard = false;
      if (cursor === null) for (const watch of this.watches) watch.onStart?.();
      this.tell(gap.changes);
      this.moveTo(gap.epoch);
      this.keepUp();
    } catch (error) {
      if (this.watches.size === 0) return;
      if (this.options.isRefusal(error)) this.rightsMayDiffer();
      else this.isFailing = true;
      this.after("ask", this.nextRetry(), () => void this.ask());
    } finally {
      this.isAsking = false;
      this.options.onStatus();
      if (this.askAgain && this.watches.size > 0) this.askSoon();
    }
  }

  /** What was told lately is asked for once more: the cursor never lags far behind, and whatever was read too early is read again. */
  private keepUp(): void {
    this.after("upkeep", UPKEEP_MS, () => {
      if (this.hasHeard && !this.isDown()) void this.ask();
      else this.keepUp();
    });
  }

  private rightsMayDiffer(): void {
    for (const watch of this.watches) watch.onRights?.();
  }

  private nextRetry(): number {
    return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.failures++);
  }

  private after(what: keyof OrganizationLink["timers"], wait: number, act: () => void): void {
    clearTimeout(this.timers[what]);
    this.timers[what] = setTimeout(act, wait);
  }
}
