// The border under study, bold with a soft casing, one switch for each neighbour; and outlines of provinces.

import type { Atlas } from "../atlas.ts";
import { dotted } from "./basemap.ts";
import { stroke, type Brush } from "./canvas.ts";
import type { BorderLine } from "../payload.ts";
import { flatten, type FlatLine } from "./projection.ts";
import { thousands } from "../text.ts";

const flat = new WeakMap<object, FlatLine[]>();

function flatLines(key: object, lines: readonly (readonly (readonly number[])[])[]): FlatLine[] {
  const made = flat.get(key) ?? lines.map(flatten);
  flat.set(key, made);
  return made;
}

export function paintLines(brush: Brush, atlas: Atlas): void {
  for (const layer of atlas.areas) {
    if (!atlas.store.isOn(`areas:${layer.key}`)) continue;
    for (const feature of layer.features ?? []) {
      stroke(brush, flatLines(feature, feature.coords.flat()), { colour: "province", width: brush.zoom < 7 ? 0.7 : 1 });
    }
  }
  const on = atlas.borders.filter((line) => atlas.store.isOn(`border:${line.key}`));
  const bold = brush.zoom < 5.5 ? 1.3 : brush.zoom < 8 ? 1.7 : 2.1;
  for (const line of on) stroke(brush, flatLines(line, line.parts ?? []), { colour: "casing", width: bold + 4.5 });
  for (const line of on) stroke(brush, flatLines(line, line.parts ?? []), { colour: "border", ...dotted(line.status, bold) });
}

/** The pairs that are drawn bold now, so that the ground leaves them out. */
export function boldPairs(atlas: Atlas): Set<string> {
  return new Set(
    atlas.borders.filter((line) => atlas.store.isOn(`border:${line.key}`)).map((line) => line.key.split(":")[0] ?? ""),
  );
}

/** What is known of a line, in small type. */
export function lineNote(line: BorderLine): string {
  const parts = [
    Number.isFinite(line.lengthKm) ? `${thousands(line.lengthKm)} km` : "",
    line.accuracyM ? `accurate to about ${line.accuracyM >= 1000 ? `${line.accuracyM / 1000} km` : `${line.accuracyM} m`}` : "",
    line.statusLabel ? `line ${line.statusLabel}` : "",
  ];
  return parts.filter(Boolean).join(" · ");
}
