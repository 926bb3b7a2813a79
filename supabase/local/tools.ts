// Runs a tool from node_modules with this very Node, whatever Node and PATH the caller had.
import { spawn } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { projectRoot } from "./settings.ts";

export interface ToolResult {
  code: number;
  output: string;
}

export interface ToolOptions {
  env?: Record<string, string>;
  /** Let the person see its output as it comes. */
  show?: boolean;
}

/** `script` is a path below node_modules. */
export function runTool(script: string, args: string[], options: ToolOptions = {}): Promise<ToolResult> {
  return runProgram(process.execPath, [join(projectRoot, "node_modules", script), ...args], options);
}

export function runProgram(program: string, args: string[], options: ToolOptions = {}): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ""}`;
    const child = spawn(program, args, {
      cwd: projectRoot,
      env: { ...process.env, PATH: path, ...options.env },
      stdio: ["ignore", options.show ? "inherit" : "pipe", options.show ? "inherit" : "pipe"],
    });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
