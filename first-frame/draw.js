// Written into the built page by plugin.ts, which fills in the names of the files. Draws the first frame from the page itself,
// then starts the app: what is seen first waits for no code and no answer. src/app/main.tsx takes the frame away.
(() => {
  const { names, sets, own } = __FIRST_FILES__;
  const path = window.location.pathname;
  const isSignedIn = /(?:^|; )sb-[a-z0-9-]+-auth(?:\.0)?=/.test(document.cookie);

  const isDrawn = isSignedIn ? drawInside() : drawOutside();
  // A tab in the background paints nothing, and not every browser tells when it has painted.
  if (isDrawn && !document.hidden) oncePainted(start);
  else start();

  function start() {
    // The code of the first page beside the app's own: else it would be asked for only once the app runs.
    for (const index of isSignedIn ? (sets[path] ?? sets.inside) : sets.outside) {
      const link = document.createElement("link");
      link.rel = "modulepreload";
      link.crossOrigin = "";
      link.href = names[index];
      document.head.append(link);
    }
    run().catch(tellThatItFailed);
  }

  /** File by file, so that between them the browser can paint and answer: together they are the longest stretch of all. */
  async function run() {
    for (const name of own) await import(name);
  }

  /** Else the picture would stand there for ever, and nobody could press what it shows. */
  function tellThatItFailed() {
    document.getElementById("first-frame")?.remove();
    const frame = show("frame-failed");
    frame.inert = false;
    frame.querySelector("button").addEventListener("click", () => window.location.reload());
  }

  function oncePainted(act) {
    const observer = new PerformanceObserver(once);
    const timer = setTimeout(once, 500);
    observer.observe({ type: "paint", buffered: true });
    function once() {
      observer.disconnect();
      clearTimeout(timer);
      act();
    }
  }

  function drawOutside() {
    if (path !== "/sign-in" && path !== "/") return false;
    show("frame-outside");
    return true;
  }

  /** The heading that src/shared/lib/page-heading.ts remembers. Text, never markup. */
  function drawInside() {
    const heading = headings(sessionStorage)?.[path] ?? headings(localStorage)?.[path];
    if (!heading) return false;
    const frame = show("frame-inside");
    const part = (name) => frame.querySelector(`[data-part="${name}"]`);
    part("title").textContent = heading.title;
    part("description").textContent = heading.description;
    const sidebar = localStorage.getItem("sidebar") ?? (matchMedia("(max-width: 1023px)").matches ? "icons" : "wide");
    if (sidebar === "icons") part("sidebar").dataset.collapsed = "";
    return true;
  }

  function headings(storage) {
    try {
      return JSON.parse(storage.getItem("headings"));
    } catch {
      return null;
    }
  }

  function show(template) {
    const frame = document.createElement("div");
    frame.id = "first-frame";
    // A picture of what comes: nothing can be typed into it that would be lost.
    frame.inert = true;
    frame.append(document.getElementById(template).content.cloneNode(true));
    document.getElementById("root").before(frame);
    return frame;
  }
})();
