// When a window may have missed something without its connection having told: after a sleep, a long time in the background, or
// with the network back.
const TICK_MS = 10_000;
const SLEPT_MS = 25_000;
const LONG_HIDDEN_MS = 30_000;

export function onWake(wake: () => void): void {
  let tickedAt = Date.now();
  setInterval(() => {
    const now = Date.now();
    // A hidden window's clock is slowed down; what it missed is asked for when it is looked at.
    if (now - tickedAt > SLEPT_MS && !document.hidden) wake();
    tickedAt = now;
  }, TICK_MS);

  let hiddenAt: number | null = null;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hiddenAt = Date.now();
    else if (hiddenAt !== null && Date.now() - hiddenAt > LONG_HIDDEN_MS) wake();
  });
  window.addEventListener("online", wake);
}
