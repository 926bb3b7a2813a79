/** Resolves once the first page has what it needs: for what nobody waits for. */
export const atRest = () =>
  new Promise<void>((resolve) => {
    // Not in every browser.
    if ("requestIdleCallback" in window) window.requestIdleCallback(() => resolve(), { timeout: 1_000 });
    else setTimeout(resolve, 500);
  });
