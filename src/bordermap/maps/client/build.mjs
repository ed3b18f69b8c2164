// Builds the bundle that the Python side puts into pages: node build.mjs [folder].
// The same sources give the same bytes: nothing of the clock, the machine or the folder enters.

import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.resolve(process.argv[2] ?? path.join(here, "..", "bundle"));
const modules = path.join(here, "node_modules");
const INCLUDED = [
  "leaflet",
  "topojson-client",
  "rbush",
  "quickselect",
  "@fontsource/source-sans-3",
  "@fontsource/source-serif-4",
];

const shared = {
  bundle: true,
  minify: true,
  write: false,
  charset: "utf8",
  legalComments: "none",
  absWorkingDir: here,
  logLevel: "error",
};

async function script() {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: ["src/main.ts"],
    format: "iife",
    globalName: "bordermap",
    target: ["es2022", "chrome111", "firefox113", "safari16.4"],
    banner: { js: "/* bordermap client, MIT. Third-party code: licences.txt */" },
  });
  return outputFiles[0].contents;
}

async function styles() {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: ["css/index.css"],
    loader: { ".woff2": "dataurl" },
    target: ["chrome111", "firefox113", "safari16.4"],
    banner: { css: "/* bordermap client, MIT. Fonts: SIL OFL 1.1, licences.txt */" },
  });
  return outputFiles[0].contents;
}

async function licences() {
  const parts = [];
  for (const name of INCLUDED) {
    const folder = path.join(modules, name);
    const about = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).filter((one) => /^licen[cs]e/i.test(one)).sort()[0];
    if (!file) throw new Error(`${name} has no licence file`);
    const text = (await readFile(path.join(folder, file), "utf8")).replace(/\r\n?/g, "\n").trim();
    parts.push(`${name} ${about.version} (${about.license})\n\n${text}\n`);
  }
  return `Third-party code and fonts in this folder\n\n${parts.join(`\n${"-".repeat(72)}\n\n`)}`;
}

await mkdir(target, { recursive: true });
await rm(path.join(target, "stamp.txt"), { force: true });
await writeFile(path.join(target, "bordermap.js"), await script());
await writeFile(path.join(target, "bordermap.css"), await styles());
await writeFile(path.join(target, "licences.txt"), await licences());
await copyFile(path.join(modules, "leaflet/dist/leaflet.js"), path.join(target, "leaflet.js"));
await copyFile(path.join(modules, "leaflet/dist/leaflet.css"), path.join(target, "leaflet.css"));
for (const name of (await readdir(target)).sort()) {
  const bytes = await readFile(path.join(target, name));
  console.log(`${name}  ${bytes.length} bytes  ${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}`);
}
