// Playing through time: a window moves on by one bin, by itself or by a button.

import { button, svg } from "../dom.ts";
import { edgeAfter, edgeBefore, indexes, movedBy, wholeRange, type Edges, type Range } from "./ranges.ts";

/** How long a window stands still, milliseconds. */
const PAUSE = 700;

export interface Player {
  readonly buttons: readonly HTMLElement[];
  readonly isPlaying: boolean;
  stop(): void;
  /** Looks anew whether things may move by themselves. */
  refresh(): void;
}

interface PlayOptions {
  edges(): Edges;
  range(): Range | null;
  change(range: Range): void;
  reducedMotion(): boolean;
}

/** The next window, or null where there is none; without a window the first or the last bin is one. */
export function stepped(edges: Edges, range: Range | null, by: 1 | -1): Range | null {
  const [low, high] = wholeRange(edges);
  const last = edges.length - 1;
  if (last < 2) return null;
  if (!range) return by > 0 ? [low, edges[1]!] : [edges[last - 1]!, high];
  if (by > 0 ? edgeAfter(edges, range[1]) === last : edgeBefore(edges, range[0]) === 0) return null;
  return movedBy(edges, range, by);
}

/** A window as wide as this one at the very beginning. */
export function rewound(edges: Edges, range: Range): Range {
  const [from, to] = indexes(edges, range);
  return [edges[0]!, edges[to - from]!];
}

const PATHS = {
  play: "M4 2.5L13 8L4 13.5z",
  pause: "M4 3h3v10H4zM9.5 3h3v10h-3z",
  back: "M12.5 2.5L5.5 8l7 5.5zM3 3h1.6v10H3z",
  on: "M3.5 2.5L10.5 8l-7 5.5zM11.4 3H13v10h-1.6z",
};

function icon(name: keyof typeof PATHS): SVGSVGElement {
  const path = svg("path", { d: PATHS[name], fill: "currentColor" });
  return svg("svg", { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true", focusable: "false" }, path);
}

export function makePlayer(options: PlayOptions): Player {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const step = (by: 1 | -1): boolean => {
    const next = stepped(options.edges(), options.range(), by);
    if (next) options.change(next);
    return next !== null;
  };
  const go = (): void => {
    if (!step(1)) stop();
    else if (timer !== undefined) timer = setTimeout(go, PAUSE);
  };
  const start = (): void => {
    timer = setTimeout(go, PAUSE);
    const range = options.range();
    if (range && !stepped(options.edges(), range, 1)) options.change(rewound(options.edges(), range));
    else step(1);
    refresh();
  };
  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
    refresh();
  };
  const by = (direction: 1 | -1) => (): void => {
    stop();
    step(direction);
  };
  const back = button({ class: "bm-icon-button", "aria-label": "Step back", title: "Step back" }, by(-1), icon("back"));
  const on = button({ class: "bm-icon-button", "aria-label": "Step on", title: "Step on" }, by(1), icon("on"));
  const play = button({ class: "bm-icon-button bm-play" }, () => {
    if (timer !== undefined) stop();
    else if (options.reducedMotion()) step(1);
    else start();
  });
  const refresh = (): void => {
    // Where nothing may move by itself, playing is stepping: one button for it is enough.
    const still = options.reducedMotion();
    if (still && timer !== undefined) stop();
    const name = still ? "Step" : timer === undefined ? "Play" : "Pause";
    on.hidden = still;
    if (play.title === name) return;
    play.title = name;
    play.setAttribute("aria-label", name);
    play.replaceChildren(icon(still ? "on" : timer === undefined ? "play" : "pause"));
  };
  refresh();
  return {
    buttons: [back, play, on],
    get isPlaying() {
      return timer !== undefined;
    },
    stop,
    refresh,
  };
}
