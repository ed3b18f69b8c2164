import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { formOf, inkClass, outlineOf, STATUS_KEYS, TYPE_KEYS } from "../src/map/symbols.ts";

const client = process.env["BORDERMAP_CLIENT"] ?? process.env.BORDERMAP_CLIENT!;
const theme = readFileSync(path.join(client, "css", "theme.css"), "utf8");

test("every type has a shape of its own", () => {
  assert.equal(TYPE_KEYS.length, 8);
  assert.equal(new Set(TYPE_KEYS.map(outlineOf)).size, 8);
});

test("every status has a form of its own: grey print tells them apart", () => {
  assert.equal(new Set(STATUS_KEYS.map((key) => JSON.stringify(formOf(key)))).size, STATUS_KEYS.length);
});

test("unknown codes get a symbol too, even the prototype's names", () => {
  for (const key of ["", "new_type", "__proto__", "constructor"]) {
    assert.equal(outlineOf(key), outlineOf("other"));
    assert.equal(formOf(key).dashed, true);
  }
});

test("a hostile code makes a harmless class", () => {
  assert.match(inkClass(`"><script>`, "", "status"), /^[A-Za-z0-9_ -]+$/);
});

function channels(hex: string): number[] {
  return [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = channels(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

test("status colours stand out from the paper, light and dark", () => {
  const [light = "", dark = ""] = theme.split("prefers-color-scheme: dark");
  for (const sheet of [light, dark]) {
    const colour = (name: string): string => new RegExp(`--bm-${name}: (#[0-9a-f]{6})`).exec(sheet)?.[1] ?? assert.fail(name);
    for (const ground of ["land", "focus", "paper"]) {
      for (const key of STATUS_KEYS) assert.ok(contrast(colour(`status-${key}`), colour(ground)) >= 3, `${key} on ${ground}`);
      assert.ok(contrast(colour("quiet"), colour(ground)) >= 4.5, `quiet text on ${ground}`);
    }
  }
});
