// A topology's arcs, projected once: borders, rivers and countries share them, so each point is worked out once.

import type { Topology } from "topojson-specification";
import { projectX, projectY, type FlatLine } from "./projection.ts";

/** Arc indices as TopoJSON nests them; a negative one runs backwards. */
export type Indices = number | readonly Indices[];

export function projectArcs(topology: Topology): FlatLine[] {
  const { transform } = topology;
  const [sx, sy] = transform?.scale ?? [1, 1];
  const [tx, ty] = transform?.translate ?? [0, 0];
  return (topology.arcs ?? []).map((arc) => {
    const line: FlatLine = { xy: new Float64Array(arc.length * 2), box: [Infinity, Infinity, -Infinity, -Infinity] };
    let px = 0;
    let py = 0;
    for (let i = 0; i < arc.length; i++) {
      const point = arc[i]!;
      // Quantised arcs hold steps, others positions.
      px = transform ? px + (point[0] ?? 0) : (point[0] ?? 0);
      py = transform ? py + (point[1] ?? 0) : (point[1] ?? 0);
      put(line, i, px * sx + tx, py * sy + ty);
    }
    return line;
  });
}

function put({ xy, box }: FlatLine, index: number, lon: number, lat: number): void {
  const x = projectX(lon);
  const y = projectY(lat);
  xy[2 * index] = x;
  xy[2 * index + 1] = y;
  if (x < box[0]) box[0] = x;
  if (y < box[1]) box[1] = y;
  if (x > box[2]) box[2] = x;
  if (y > box[3]) box[3] = y;
}

/** The arcs of lines, as they are. */
export function linesFrom(arcs: readonly FlatLine[], indices: Indices): FlatLine[] {
  if (typeof indices !== "number") return indices.flatMap((one) => linesFrom(arcs, one));
  return [arcs[indices < 0 ? ~indices : indices]].filter((line) => line !== undefined);
}

/** The rings of polygons, their arcs joined. */
export function ringsFrom(arcs: readonly FlatLine[], indices: Indices): FlatLine[] {
  if (typeof indices === "number") return [];
  if (indices.every((one) => typeof one === "number")) return indices.length ? [joined(arcs, indices as readonly number[])] : [];
  return indices.flatMap((one) => ringsFrom(arcs, one));
}

function joined(arcs: readonly FlatLine[], ring: readonly number[]): FlatLine {
  const parts = ring.map((index) => ({ line: arcs[index < 0 ? ~index : index], isBack: index < 0 }));
  const xy = new Float64Array(parts.reduce((sum, { line }) => sum + (line?.xy.length ?? 0), 0));
  const box: FlatLine["box"] = [Infinity, Infinity, -Infinity, -Infinity];
  let at = 0;
  for (const { line, isBack } of parts) {
    if (!line) continue;
    if (isBack) {
      for (let i = line.xy.length - 2; i >= 0; i -= 2) {
        xy[at++] = line.xy[i]!;
        xy[at++] = line.xy[i + 1]!;
      }
    } else {
      xy.set(line.xy, at);
      at += line.xy.length;
    }
    box[0] = Math.min(box[0], line.box[0]);
    box[1] = Math.min(box[1], line.box[1]);
    box[2] = Math.max(box[2], line.box[2]);
    box[3] = Math.max(box[3], line.box[3]);
  }
  return { xy, box };
}
