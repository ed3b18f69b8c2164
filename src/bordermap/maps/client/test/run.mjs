// Compiles the tests with esbuild and runs them with node's own runner: node test/run.mjs

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(here, "..", "node_modules");
// Inside node_modules: git ignores it, and imports of packages resolve from there.
const folder = mkdtempSync(path.join(modules, ".bordermap-test-"));
try {
  await build({
    entryPoints: readdirSync(here)
      .filter((name) => name.endsWith(".test.ts"))
      .sort()
      .map((name) => path.join(here, name)),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    logLevel: "error",
    define: { "process.env.BORDERMAP_CLIENT": JSON.stringify(path.join(here, "..")) },
  });
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".mjs"))
    .sort()
    .map((name) => path.join(folder, name));
  const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...process.argv.slice(2), ...files], {
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
