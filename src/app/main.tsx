import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { readEnv } from "@/shared/lib/env";
import { hasSessionCookie } from "@/shared/lib/session-cookie";
import { App } from "./app";
import { preloadAddress } from "./routes";
import { SetupProblems } from "./setup-problems";
import "./styles.css";

const { env, problems } = readEnv(import.meta.env);
// Somebody was signed in here: the code of their page is fetched while it is found out whether they still are.
if (env && hasSessionCookie(env.supabaseUrl)) preloadAddress(window.location.pathname);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element with the id root.");
takeFrameAway(root);
createRoot(root).render(<StrictMode>{problems ? <SetupProblems problems={problems} /> : <App />}</StrictMode>);

/** Of first-frame/draw.js: it stands for as long as there is nothing else but the wait for it. */
function takeFrameAway(root: HTMLElement): void {
  const frame = document.getElementById("first-frame");
  if (!frame) return;
  const watch = new MutationObserver(() => {
    if (!root.querySelector(":scope > :not([data-splash])")) return;
    frame.remove();
    watch.disconnect();
  });
  watch.observe(root, { childList: true });
}
