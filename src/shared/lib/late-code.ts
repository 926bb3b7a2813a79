// Code that no page waits for: it comes once the first page has what it needs. A page is whole without it, so a connection that
// fails while it is fetched must neither be an error of the page nor leave it without for good: it is asked for until it is there.
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const AT_REST_MS = 500;

/** However many ask for it, it is fetched once. */
export function lateCode<Module>(load: () => Promise<Module>): () => Promise<Module> {
  let loading: Promise<Module> | null = null;
  return () => {
    loading ??= untilThere(load);
    return loading;
  };
}

async function untilThere<Module>(load: () => Promise<Module>): Promise<Module> {
  await atRest();
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    try {
      return await load();
    } catch {
      await networkOr(wait);
    }
  }
}

function atRest(): Promise<void> {
  return new Promise((resolve) => {
    // Not in every browser.
    if ("requestIdleCallback" in window) window.requestIdleCallback(() => resolve(), { timeout: 1_000 });
    else setTimeout(resolve, AT_REST_MS);
  });
}

function networkOr(wait: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      resolve();
    };
    const timer = setTimeout(end, wait);
    window.addEventListener("online", end);
  });
}
