// The time strip: how many incidents there were when, and a range of time to choose.

import { countBins, extent, inBin, type BinCounts, type Intervals } from "./bincounts.ts";
import { binLabel, binsFor, dayLabel, makeBins, periodsIn, spanLabel, UNITS, type Bins, type Unit } from "./bins.ts";
import { MISSING, type Columns } from "../columns/columns.ts";
import { el } from "../dom.ts";
import type { Filters } from "../filters/filters.ts";
import { kindsOf, othersSieve, othersWatch } from "./others.ts";
import { oncePerFrame } from "../filters/pace.ts";
import { onNewLook, plotOn, type Plot } from "./plot.ts";
import { makeRangeBrush, type RangeBrush } from "./rangebrush.ts";
import { edgeBefore, type Range } from "./ranges.ts";
import { emptyStrip, type Strip } from "./strip.ts";
import { thousands } from "../text.ts";
import { MARGIN, paintChosen, paintTime } from "./timepaint.ts";
import { makePlayer, type Player } from "./timeplay.ts";

export interface TimeStripOptions {
  readonly columns: Columns;
  readonly filters: Filters;
  /** In the legend's order. */
  readonly statuses: readonly { key: string; label: string }[];
  /** The colour of a status as style sheets write it. */
  colour(status: string): string;
  reducedMotion(): boolean;
  /** The row of the incident that is open, below 0 for none. */
  selected?(): number;
}

/** More bins than this are no longer a picture. */
const MOST_BINS = 1200;
/** Where the unit is chosen by itself: pixels that a bin has at least, and a number of bins that is never too many. */
const FINEST = 7;
const ALWAYS = 60;
const UNIT_NAMES: Record<Unit, string> = { day: "Day", week: "Week", month: "Month", year: "Year" };

export function makeTimeStrip(options: TimeStripOptions): Strip {
  const { columns } = options;
  const [from, to] = [columns.ints("from"), columns.ints("to")];
  const days = from && to ? extent({ from, to }) : null;
  if (!from || !to || !days) return emptyStrip("No incident here has a date, so there is no strip of time.");
  return new TimeStrip(options, { from, to }, days);
}

class TimeStrip implements Strip {
  readonly element: HTMLElement;
  private readonly canvas = el("canvas", { "aria-hidden": "true" });
  private readonly plot = el("div", "bm-strip-plot");
  private readonly text = el("p", { class: "bm-strip-text", dir: "auto", "aria-atomic": "true" });
  private readonly spot = el("p", { class: "bm-strip-spot", dir: "auto", "aria-hidden": "true" });
  private readonly unit = el("select", { class: "bm-select", "aria-label": "Bars for each" });
  private readonly brush: RangeBrush;
  private readonly player: Player;
  private readonly kinds: { kinds: number; of: Uint8Array };
  private readonly hasChanged: () => boolean;
  private readonly release: () => void;
  private bins: Bins;
  private counts: BinCounts | undefined;

  constructor(
    private readonly options: TimeStripOptions,
    private readonly intervals: Intervals,
    private readonly days: readonly [number, number],
  ) {
    const { columns, filters, statuses } = options;
    const status = columns.codes("status");
    this.kinds = kindsOf(status?.codes, status?.words ?? [], statuses.map(({ key }) => key), columns.n);
    this.hasChanged = othersWatch(filters, "time");
    this.bins = binsFor(...days, MOST_BINS);
    for (const [name, pixels] of Object.entries(MARGIN)) this.plot.style.setProperty(name, `${pixels}px`);
    this.brush = this.makeBrush();
    this.player = this.makePlayer();
    this.element = this.assemble();
    this.fillUnits();
    this.listen();
    const later = oncePerFrame(() => this.refresh());
    filters.subscribe(later);
    this.release = onNewLook(this.canvas, later);
  }

  refresh(): void {
    const width = this.canvas.clientWidth;
    if (!width) return;
    this.player.refresh();
    this.count(width);
    const plot = plotOn(this.canvas);
    const { statuses, colour } = this.options;
    if (plot && this.counts) paintTime(plot, this.counts, [...statuses.map(({ key }) => colour(key)), plot.colour("quiet")]);
    this.markSelected(plot);
    const range = this.options.filters.range();
    this.brush.show(range && [range[0], range[1] + 1]);
    this.say(range);
  }

  destroy(): void {
    this.player.stop();
    this.release();
    this.element.remove();
  }

  private markSelected(plot: Plot | null): void {
    const row = this.options.selected?.() ?? -1;
    const [from, to] = [this.intervals.from[row], this.intervals.to[row]];
    if (!plot || !this.counts || from === undefined || to === undefined || from === MISSING) return;
    paintChosen(plot, this.counts, from, to);
  }

  private makeBrush(): RangeBrush {
    return makeRangeBrush({
      plot: this.plot,
      edges: () => this.bins.starts,
      names: ["From", "Until"],
      says: ([low, high], end) => dayLabel(end ? high - 1 : low),
      change: (range) => {
        this.player.stop();
        this.choose(range);
      },
    });
  }

  private makePlayer(): Player {
    return makePlayer({
      edges: () => this.bins.starts,
      range: () => this.brush.range,
      change: (range) => this.choose(range),
      reducedMotion: () => this.options.reducedMotion(),
    });
  }

  private choose(range: Range | null): void {
    this.options.filters.time(range && [range[0], range[1] - 1]);
  }

  private assemble(): HTMLElement {
    const key = el("p", { class: "bm-strip-key", "aria-hidden": "true" });
    for (const name of ["certainly", "possibly"]) key.append(el("span", `bm-key-${name}`), name);
    const buttons = el("div", "bm-strip-buttons", ...this.player.buttons);
    // Time runs from left to right in every script: so do the years on the axis and the arrow keys of the sliders.
    return el(
      "section",
      { class: "bm-strip bm-time", "aria-label": "Incidents by date" },
      el("div", "bm-strip-row", buttons, this.text, this.spot, key, this.unit),
      el("div", { class: "bm-strip-box", dir: "ltr" }, this.canvas, this.plot),
    );
  }

  /** The units that do not make too many bars; by itself the finest is taken that the width has room for. */
  private fillUnits(): void {
    const units = [...UNITS].reverse().filter((unit) => periodsIn(unit, ...this.days) <= MOST_BINS);
    for (const [value, label] of [["auto", "Auto"], ...units.map((unit) => [unit, UNIT_NAMES[unit]])]) {
      const option = el("option", {}, label);
      option.value = value ?? "";
      this.unit.append(option);
    }
    this.unit.addEventListener("change", () => {
      this.player.stop();
      this.refresh();
    });
  }

  private count(width: number): void {
    const chosen = this.unit.value as Unit | "auto";
    const most = Math.max(ALWAYS, Math.min(MOST_BINS, (width - MARGIN.left - MARGIN.right) / FINEST));
    const bins = chosen === "auto" ? binsFor(...this.days, most) : makeBins(chosen, ...this.days);
    const isSame = bins.unit === this.bins.unit && bins.size === this.bins.size;
    if (!this.hasChanged() && isSame && this.counts) return;
    this.bins = bins;
    this.counts = countBins(bins, this.intervals, this.kinds, othersSieve(this.options.filters, "time"));
    const auto = this.unit.options[0];
    if (auto) auto.textContent = chosen === "auto" ? `Auto (${bins.unit})` : "Auto";
    this.element.classList.toggle("bm-has-possible", this.counts.possible.some((n) => n > 0));
  }

  private say(range: readonly [number, number] | null): void {
    const { filters } = this.options;
    const undated = this.counts?.undated ?? 0;
    const [certain, possible] = [thousands(filters.total - filters.possible), thousands(filters.possible)];
    const shown = range
      ? `${spanLabel(...range)}: ${certain} certainly, ${possible} possibly in it`
      : "All dates";
    const said = undated ? `${shown} · ${thousands(undated)} without a date${range ? ", left out" : ""}` : shown;
    this.text.setAttribute("aria-live", this.player.isPlaying || this.brush.isDragged ? "off" : "polite");
    if (this.text.textContent !== said) this.text.textContent = this.text.title = said;
  }

  /** What the bar under the pointer stands for. */
  private listen(): void {
    this.plot.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch" || !this.counts) return;
      const box = this.plot.getBoundingClientRect();
      const { starts, size } = this.bins;
      const day = starts[0]! + ((event.clientX - box.left) / box.width) * (starts[size]! - starts[0]!);
      const bin = Math.min(size - 1, edgeBefore(starts, day));
      const { certain, possible } = inBin(this.counts, bin);
      const more = possible ? `, ${thousands(possible)} possibly` : "";
      this.spot.textContent = `${binLabel(this.bins, bin)}: ${thousands(certain)} certainly${more}`;
    });
    this.plot.addEventListener("pointerleave", () => (this.spot.textContent = ""));
  }
}
