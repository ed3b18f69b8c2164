// A range that is dragged over a plot, or set by two sliders: their ends are handles, what is outside lies under veils.

import { el } from "../dom.ts";
import { listenToPointer } from "./brushdrag.ts";
import { oncePerFrame } from "../filters/pace.ts";
import { endMovedBy, indexes, movedBy, unlessWhole, wholeRange, type Edges, type Range } from "./ranges.ts";

export interface BrushOptions {
  /** The box that the axis runs through, from its left edge to its right. */
  readonly plot: HTMLElement;
  /** Where a range can begin and end. */
  edges(): Edges;
  /** Names of the sliders at the start and at the end. */
  readonly names: readonly [string, string];
  /** What an end of a range is called. */
  says(range: Range, end: 0 | 1): string;
  /** Called at most once a frame while something is dragged. */
  change(range: Range | null): void;
  /** What a press without dragging does, in pixels of the plot; left out: outside of the range it clears. */
  tap?(x: number, y: number): void;
}

export interface RangeBrush {
  /** Places all anew, for this range. */
  show(range: Range | null): void;
  readonly range: Range | null;
  readonly isDragged: boolean;
}

export function makeRangeBrush(options: BrushOptions): RangeBrush {
  const { plot } = options;
  const veils = [el("div", "bm-brush-veil"), el("div", "bm-brush-veil")] as const;
  const band = el("div", "bm-brush-window");
  const handles = [handle(options.names[0], "bm-brush-start"), handle(options.names[1], "bm-brush-end")] as const;
  plot.append(...veils, band, ...handles);
  let shown: Range | null = null;
  let next: Range | null = null;
  const flush = oncePerFrame(() => options.change(next));
  const change = (range: Range | null): void => {
    next = range && unlessWhole(options.edges(), range);
    show(next);
    flush();
  };
  const show = (range: Range | null): void => {
    shown = range;
    place(options, range, veils, band, handles);
  };
  const drag = listenToPointer({ options, handles, range: () => shown, change });
  handles.forEach((node, end) =>
    node.addEventListener("keydown", (event) => press(event, options.edges(), shown, end as 0 | 1, change)),
  );
  return {
    show: (range) => {
      if (!drag.isDragged()) show(range);
    },
    get range() {
      return shown;
    },
    get isDragged() {
      return drag.isDragged();
    },
  };
}

function handle(name: string, className: string): HTMLElement {
  return el("div", { class: `bm-brush-handle ${className}`, role: "slider", tabindex: "0", "aria-label": name });
}

/** A place on the axis as pixels of the plot. */
export function pixelOf(edges: Edges, value: number, width: number): number {
  const [low, high] = wholeRange(edges);
  return (Math.max(0, Math.min(high - low, value - low)) / (high - low)) * width;
}

function place(
  { plot, edges, says }: BrushOptions,
  range: Range | null,
  veils: readonly [HTMLElement, HTMLElement],
  band: HTMLElement,
  handles: readonly [HTMLElement, HTMLElement],
): void {
  const all = edges();
  const width = plot.clientWidth;
  const ends = range ?? wholeRange(all);
  const [left, right] = [Math.round(pixelOf(all, ends[0], width)), Math.round(pixelOf(all, ends[1], width))];
  const numbers = indexes(all, ends);
  plot.classList.toggle("bm-brushed", range !== null);
  veils[0].style.width = `${left}px`;
  veils[1].style.left = `${right}px`;
  veils[1].style.width = `${Math.max(0, width - right)}px`;
  band.style.left = `${left}px`;
  band.style.width = `${Math.max(1, right - left)}px`;
  handles.forEach((node, end) => {
    node.style.left = `${end ? right : left}px`;
    const most = String(all.length - 2);
    const now = String(Math.max(0, numbers[end as 0 | 1] - end));
    node.setAttribute("aria-orientation", "horizontal");
    node.setAttribute("aria-valuemin", "0");
    node.setAttribute("aria-valuemax", most);
    node.setAttribute("aria-valuenow", now);
    node.setAttribute("aria-valuetext", says(ends, end as 0 | 1));
  });
}

const BY: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

/** The keys of a slider; with Shift an arrow moves both ends. */
function press(event: KeyboardEvent, edges: Edges, range: Range | null, end: 0 | 1, change: (range: Range | null) => void): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const now = range ?? wholeRange(edges);
  const by = Object.hasOwn(BY, event.key) ? BY[event.key]! : 0;
  if (event.key === "Escape") {
    if (!range) return;
    change(null);
  } else if (by) change(event.shiftKey ? movedBy(edges, now, by) : endMovedBy(edges, now, end, by));
  else if (event.key === "Home") change(endMovedBy(edges, now, end, -edges.length));
  else if (event.key === "End") change(endMovedBy(edges, now, end, edges.length));
  else return;
  event.preventDefault();
  event.stopPropagation();
}
