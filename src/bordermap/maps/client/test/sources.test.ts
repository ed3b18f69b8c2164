// The sources themselves: nothing in them may turn data into markup, style or script.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const folder = path.join(process.env.BORDERMAP_CLIENT!, "src");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .sort()
  .map((name) => [name, readFileSync(path.join(folder, name), "utf8")] as const);

const FORBIDDEN: readonly RegExp[] = [
  /innerHTML/,
  /outerHTML/,
  /insertAdjacentHTML/,
  /document\.write/,
  /DOMParser/,
  /createContextualFragment/,
  /setAttribute\(\s*["'`](style|on)/,
  /\beval\s*\(/,
  /new Function/,
  /setTimeout\(\s*["'`]/,
  /createElement\(\s*["'`](style|script|iframe)/,
  /\bel\(\s*["'`](style|script|iframe)/,
  /bindPopup|bindTooltip|divIcon/,
  /\bfetch\s*\(/,
  /XMLHttpRequest/,
  /localStorage|sessionStorage|document\.cookie/,
  /srcdoc/,
  /\bWorker\(/,
];

test("no way for data to become markup, style or script", () => {
  for (const [name, text] of files)
    for (const pattern of FORBIDDEN) assert.doesNotMatch(text.replace(/^\s*\/\/.*$/gm, ""), pattern, name);
});

test("attributes are set in one module only, from a closed list, or by name", () => {
  for (const [name, text] of files) {
    if (name === "dom.ts") continue;
    for (const [, attribute] of text.matchAll(/setAttribute\(\s*([^,]+),/g))
      assert.match(attribute ?? "", /^"(aria-[a-z]+|role|class)"$/, name);
  }
});

test("words that the project does not use on its own account", () => {
  for (const [name, text] of files)
    assert.doesNotMatch(text, /terrorist|militant|intruder|infiltration|incursion|regime|martyr|neutrali[sz]ed/i, name);
});

test("modules are small", () => {
  for (const [name, text] of files) if (name !== "payload.ts") assert.ok(text.split("\n").length <= 240, `${name} is long`);
});
