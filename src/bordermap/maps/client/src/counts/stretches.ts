// Paints border stretches: a band along the line, wide for many; pale where incidents may be, strong where they are.

import type { Atlas } from "../atlas.ts";
import { dotted } from "../map/basemap.ts";
import { stroke, type Brush } from "../map/canvas.ts";
import { flatten, type FlatLine } from "../map/projection.ts";
import type { Stretch } from "./tally.ts";

/** Pixels by class, from few to many. */
const WIDTHS = [0, 2, 3.5, 5, 6.5, 8.5, 11];
/** What is only possible shows beside what is sure, however few. */
const RIM = 3.5;
/** A band that followed every bend of a river would be a smudge: pixels. */
const CALM = 2.5;

export interface FlatPart {
  status: string;
  lines: FlatLine[];
}

const flat = new WeakMap<Stretch, FlatPart[]>();

/** The lines of a stretch in pixels of zoom 0; made when first asked for. */
export function flatParts(stretch: Stretch): FlatPart[] {
  const made = flat.get(stretch) ?? stretch.parts.map(({ status, lines }) => ({ status, lines: lines.map(flatten) }));
  flat.set(stretch, made);
  return made;
}

/** How wide a stretch is drawn: what is sure, and the whole; on a map of continents all are thinner. */
export function widths(
  { core, edge, possible }: Pick<Stretch, "core" | "edge" | "possible">,
  zoom: number,
): { core: number; edge: number } {
  const scale = zoom < 3.5 ? 0.45 : zoom < 5 ? 0.7 : 1;
  const sure = (WIDTHS[core] ?? 0) * scale;
  return { core: sure, edge: possible ? Math.max((WIDTHS[edge] ?? 0) * scale, sure ? sure + RIM * scale : 0) : sure };
}

export function paintStretches(brush: Brush, atlas: Atlas): void {
  const shown = atlas.tallies.filter(({ key }) => atlas.store.isOn(`${key}:stretches`)).flatMap(({ stretches }) => stretches);
  const chosen = atlas.unit;
  const calm = new Map(shown.map((one) => [one, calmer(one, brush.zoom)]));
  for (const one of shown)
    band(brush, calm.get(one) ?? [], "halo", widths(one, brush.zoom).edge + (one === chosen ? 7 : brush.zoom < 5 ? 1.2 : 2.5));
  if (chosen?.kind === "stretch") band(brush, calm.get(chosen) ?? [], "ink", widths(chosen, brush.zoom).edge + 4.5);
  for (const one of shown) if (one.possible) band(brush, calm.get(one) ?? [], "tally-possible", widths(one, brush.zoom).edge);
  for (const one of shown) if (one.core) band(brush, calm.get(one) ?? [], "tally-certain", widths(one, brush.zoom).core);
  for (const one of shown)
    for (const { status, lines } of flatParts(one))
      stroke(brush, lines, { colour: "border", ...dotted(status, brush.zoom < 5 ? 0.6 : 1.1) });
}

function band(brush: Brush, lines: readonly FlatLine[], colour: string, width: number): void {
  stroke(brush, lines, { colour, width, cap: "butt" });
}

const calmed = new WeakMap<Stretch, { zoom: number; lines: FlatLine[] }>();

function calmer(stretch: Stretch, zoom: number): FlatLine[] {
  const made = calmed.get(stretch);
  if (made?.zoom === zoom) return made.lines;
  const lines = flatParts(stretch).flatMap(({ lines }) => lines.map((line) => simplified(line, CALM / 2 ** zoom)));
  calmed.set(stretch, { zoom, lines });
  return lines;
}

function simplified({ xy, box }: FlatLine, tolerance: number): FlatLine {
  const points: L.Point[] = [];
  for (let i = 0; i + 1 < xy.length; i += 2) points.push(new L.Point(xy[i]!, xy[i + 1]!));
  const kept = L.LineUtil.simplify(points, tolerance);
  return { xy: Float64Array.from(kept.flatMap(({ x, y }) => [x, y])), box };
}
