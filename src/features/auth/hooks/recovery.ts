// Whether this tab's session began with the link of somebody who forgot their password. Kept over a reload, and no longer than
// the tab: it lets the person set a password without the old one.
const KEY = "recovering";

export function rememberRecovery(userId: string): void {
  withStorage((storage) => storage.setItem(KEY, userId));
}

export function forgetRecovery(): void {
  withStorage((storage) => storage.removeItem(KEY));
}

export function isRecovering(userId: string): boolean {
  return withStorage((storage) => storage.getItem(KEY)) === userId;
}

function withStorage<T>(work: (storage: Storage) => T): T | null {
  try {
    return work(sessionStorage);
  } catch {
    // Storage may be closed to this page: the link then has to be followed once more after a reload.
    return null;
  }
}
