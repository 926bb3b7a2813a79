// How often is too often. Kept in memory: a restart forgives.
import type { AuthConfig } from "./config.ts";
import { AuthFailure, tooManyRequests } from "./errors.ts";

const WINDOW_SECONDS = 300;
const MAX_BUCKETS = 10_000;

const WRONG_GUESSES = new Set([
  "invalid_credentials",
  "current_password_mismatch",
  "otp_expired",
  "reauthentication_not_valid",
  "mfa_verification_failed",
  "refresh_token_not_found",
]);

interface Bucket {
  tokens: number;
  at: number;
}

/** A token bucket per key: holds `capacity`, refills wholly within the window. */
export class Buckets {
  readonly #capacity: number;
  readonly #windowSeconds: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(capacity: number, windowSeconds = WINDOW_SECONDS, now: () => number = () => Date.now() / 1000) {
    this.#capacity = capacity;
    this.#windowSeconds = windowSeconds;
    this.#now = now;
  }

  #filled(key: string): Bucket {
    const now = this.#now();
    const bucket = this.#buckets.get(key) ?? { tokens: this.#capacity, at: now };
    const refilled = bucket.tokens + ((now - bucket.at) * this.#capacity) / this.#windowSeconds;
    // Put back at the end, so that the map's order is by last use and the oldest key goes first.
    this.#buckets.delete(key);
    const current = { tokens: Math.min(this.#capacity, refilled), at: now };
    this.#buckets.set(key, current);
    if (this.#buckets.size > MAX_BUCKETS) this.#buckets.delete(this.#buckets.keys().next().value ?? "");
    return current;
  }

  has(key: string): boolean {
    return this.#filled(key).tokens >= 1;
  }

  take(key: string): void {
    this.#filled(key).tokens -= 1;
  }

  giveBack(key: string): void {
    this.#filled(key).tokens += 1;
  }
}

/**
 * Counts failed guesses. The platform counts every sign-in of an address of the network, 30 in 5 minutes; here a whole team
 * of tests shares one address, so a guess that turns out right costs nothing and a wrong one costs its full price. A single account takes
 * the configured number of wrong guesses from one network address, all accounts together half as many more.
 * Codes are short: those of one account are counted from everywhere together, where a password only locks out the guesser.
 * The token is taken before the guess is checked: a burst of parallel guesses finds the bucket already empty.
 */
export class Guesses {
  readonly #perAccount: Buckets;
  readonly #perAddress: Buckets;

  readonly #fromAnywhere: boolean;

  constructor(limit: number, windowSeconds = WINDOW_SECONDS, { fromAnywhere = false } = {}) {
    this.#fromAnywhere = fromAnywhere;
    this.#perAccount = new Buckets(limit, windowSeconds);
    this.#perAddress = new Buckets(limit * 1.5, windowSeconds);
  }

  async check<T>(ip: string, account: string, guess: () => Promise<T>): Promise<T> {
    const key = JSON.stringify(this.#fromAnywhere && account ? [account] : [ip, account]);
    if (!this.#perAddress.has(ip) || !this.#perAccount.has(key)) throw tooManyRequests();
    this.#perAccount.take(key);
    this.#perAddress.take(ip);
    const forgive = () => {
      this.#perAccount.giveBack(key);
      this.#perAddress.giveBack(ip);
    };
    try {
      const result = await guess();
      forgive();
      return result;
    } catch (error) {
      // A server that fails, and a right password that meets another obstacle, are not guesses.
      if (!(error instanceof AuthFailure && WRONG_GUESSES.has(error.code))) forgive();
      throw error;
    }
  }
}

/** One mail of a kind to an address per `max_frequency`, and so many an hour, whether or not somebody has that address. */
class MailFrequency {
  readonly #seconds: number;
  readonly #perHour: Buckets | null;
  readonly #last = new Map<string, number>();

  constructor(seconds: number, perHour: number | null) {
    this.#seconds = seconds;
    this.#perHour = perHour === null ? null : new Buckets(perHour, 3600);
  }

  take(kind: string, address: string): void {
    const key = `${kind} ${address}`;
    const now = Date.now() / 1000;
    const wait = (this.#last.get(key) ?? Number.NEGATIVE_INFINITY) + this.#seconds - now;
    if (wait > 0)
      throw new AuthFailure(
        429,
        "over_email_send_rate_limit",
        `For security purposes, you can only request this after ${Math.ceil(wait)} seconds.`,
      );
    if (this.#perHour && !this.#perHour.has(""))
      throw new AuthFailure(429, "over_email_send_rate_limit", "email rate limit exceeded");
    this.#perHour?.take("");
    this.#last.delete(key);
    this.#last.set(key, now);
    if (this.#last.size > MAX_BUCKETS) this.#last.delete(this.#last.keys().next().value ?? "");
  }
}

export interface Throttles {
  signIns: Guesses;
  verifications: Guesses;
  factors: Guesses;
  unknownRefreshTokens: Guesses;
  refreshes: Buckets;
  anonymousUsers: Buckets;
  mails: MailFrequency;
}

export function createThrottles(config: AuthConfig): Throttles {
  const limits = config.rate_limit;
  return {
    signIns: new Guesses(limits.sign_in_sign_ups),
    verifications: new Guesses(limits.token_verifications, WINDOW_SECONDS, { fromAnywhere: true }),
    factors: new Guesses(15, 60, { fromAnywhere: true }),
    unknownRefreshTokens: new Guesses(limits.token_refresh),
    refreshes: new Buckets(limits.token_refresh),
    anonymousUsers: new Buckets(limits.anonymous_users, 3600),
    // As the official CLI has it: how many mails an hour is for those who send real ones.
    mails: new MailFrequency(config.email.max_frequency, config.email.smtp.enabled ? limits.email_sent : null),
  };
}
