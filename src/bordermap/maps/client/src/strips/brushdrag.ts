// Dragging a range with a mouse, a pen or a finger.

import { around, movedTo, wholeRange, withEnd, type Edges, type Range } from "./ranges.ts";
import type { BrushOptions } from "./rangebrush.ts";

/** A pointer that moves less than this was pressed, not dragged. */
const STILL = 4;

interface Dragging {
  readonly options: BrushOptions;
  readonly handles: readonly [HTMLElement, HTMLElement];
  range(): Range | null;
  change(range: Range | null): void;
}

type Mode = "start" | "end" | "move" | "new";

interface Grip {
  readonly pointer: number;
  readonly mode: Mode;
  readonly x: number;
  readonly value: number;
  readonly before: Range | null;
  moved: boolean;
}

export function listenToPointer(dragging: Dragging): { isDragged(): boolean } {
  const { options, range, change } = dragging;
  const { plot, edges } = options;
  let grip: Grip | null = null;
  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || grip) return;
    grip = gripped(event, dragging);
    plot.setPointerCapture(event.pointerId);
  });
  plot.addEventListener("pointermove", (event) => {
    if (!grip || event.pointerId !== grip.pointer) return;
    if (!grip.moved && Math.abs(event.clientX - grip.x) < STILL) return;
    grip.moved = true;
    change(dragged(edges(), grip, valueAt(options, event)));
  });
  plot.addEventListener("pointerup", (event) => {
    if (!grip || event.pointerId !== grip.pointer) return;
    const { moved, mode } = grip;
    grip = null;
    if (moved) return;
    const box = plot.getBoundingClientRect();
    if (options.tap && (mode === "new" || mode === "move")) options.tap(event.clientX - box.left, event.clientY - box.top);
    else if (mode === "new" && range()) change(null);
  });
  plot.addEventListener("pointercancel", (event) => {
    if (!grip || event.pointerId !== grip.pointer) return;
    const { before, moved } = grip;
    grip = null;
    if (moved) change(before);
  });
  plot.addEventListener("dblclick", () => range() && change(null));
  return { isDragged: () => Boolean(grip?.moved) };
}

function gripped(event: PointerEvent, { options, handles, range }: Dragging): Grip {
  const value = valueAt(options, event);
  const before = range();
  const onHandle = handles.findIndex((node) => node === event.target);
  const inside = before !== null && value >= before[0] && value < before[1];
  const mode = onHandle === 0 ? "start" : onHandle === 1 ? "end" : inside ? "move" : "new";
  return { pointer: event.pointerId, mode, x: event.clientX, value, before, moved: false };
}

function dragged(edges: Edges, { mode, value: begun, before }: Grip, value: number): Range {
  if (mode === "new") return around(edges, begun, value);
  const range = before ?? wholeRange(edges);
  if (mode === "move") return movedTo(edges, range, range[0] + value - begun);
  return withEnd(edges, range, mode === "start" ? 0 : 1, value);
}

function valueAt({ plot, edges }: BrushOptions, event: PointerEvent): number {
  const box = plot.getBoundingClientRect();
  const [low, high] = wholeRange(edges());
  const share = box.width ? (event.clientX - box.left) / box.width : 0;
  return low + Math.max(0, Math.min(1, share)) * (high - low);
}
