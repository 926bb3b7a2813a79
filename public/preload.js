// Asks for the code of the first page while the app's own is still on its way: it would otherwise be asked for only once the
// app runs, one wait after the other. Which files those are, the build writes into the page; src/app decides what is drawn.
(() => {
  const isSignedIn = /(?:^|; )sb-[a-z0-9-]+-auth(?:\.0)?=/.test(document.cookie);
  const wanted = document.querySelector(`meta[name="${isSignedIn ? "first-files-inside" : "first-files-outside"}"]`);
  for (const href of wanted?.content.split(" ") ?? []) {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.crossOrigin = "";
    link.href = href;
    document.head.append(link);
  }
})();
