// Where a river's name may run: a straight enough stretch of it on the screen, with the turn that keeps it upright.

import type { Brush } from "./canvas.ts";
import type { FlatLine } from "./projection.ts";

export interface Course {
  x: number;
  y: number;
  turn: number;
}

/** The straightest stretch of the length of the name, not too near the edge; nothing if all bends. */
export function riverCourse(brush: Brush, lines: readonly FlatLine[], length: number): Course | undefined {
  let best: { course: Course; bend: number } | undefined;
  for (const line of lines) {
    const points = onScreen(brush, line);
    for (let start = 0; start < points.length; start += Math.max(1, Math.floor(points.length / 30))) {
      const found = stretch(points, start, length);
      if (found && found.bend < 1.08 && (!best || found.bend < best.bend - 0.004)) best = found;
    }
  }
  return best?.course;
}

function onScreen(brush: Brush, { xy }: FlatLine): [number, number][] {
  const points: [number, number][] = [];
  for (let i = 0; i < xy.length; i += 2) {
    const [x, y] = [brush.x(xy[i] ?? 0), brush.y(xy[i + 1] ?? 0)];
    if (x > 60 && y > 30 && x < brush.width - 60 && y < brush.height - 30) points.push([x, y]);
  }
  return points;
}

function stretch(
  points: readonly [number, number][],
  start: number,
  length: number,
): { course: Course; bend: number } | undefined {
  const [x0, y0] = points[start] ?? [0, 0];
  let run = 0;
  for (let i = start + 1; i < points.length; i++) {
    const [x, y] = points[i] ?? [0, 0];
    const [px, py] = points[i - 1] ?? [0, 0];
    const step = Math.hypot(x - px, y - py);
    if (step > length) return undefined;
    run += step;
    const chord = Math.hypot(x - x0, y - y0);
    if (chord < length) continue;
    let turn = Math.atan2(y - y0, x - x0);
    if (turn > Math.PI / 2) turn -= Math.PI;
    if (turn < -Math.PI / 2) turn += Math.PI;
    const lift = 11;
    return {
      course: { x: (x + x0) / 2 + Math.sin(turn) * lift, y: (y + y0) / 2 - Math.cos(turn) * lift, turn },
      bend: run / chord,
    };
  }
  return undefined;
}
