import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { readEnv } from "@/shared/lib/env";
import { App } from "./app";
import { SetupProblems } from "./setup-problems";
import "./styles.css";

const { problems } = readEnv(import.meta.env);
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element with the id root.");
createRoot(root).render(<StrictMode>{problems ? <SetupProblems problems={problems} /> : <App />}</StrictMode>);
