// The border strip: where along a border line and when. A range of kilometres can be chosen in it.

import { extent } from "./bincounts.ts";
import { binsFor } from "./bins.ts";
import { makeIntervals, paintCells, paintChosen, paintIntervals } from "./borderpaint.ts";
import { km, kmSpan, MARGIN, paintAxes, stripScale, type StripScale } from "./borderscale.ts";
import type { StripLine } from "../payload.ts";
import type { Columns } from "../columns/columns.ts";
import { button, el, fill } from "../dom.ts";
import type { Filters } from "../filters/filters.ts";
import { kindsOf, othersSieve, othersWatch, type Sieve } from "./others.ts";
import { oncePerFrame } from "../filters/pace.ts";
import { onNewLook, plotOn, type Plot } from "./plot.ts";
import { makeRangeBrush, type RangeBrush } from "./rangebrush.ts";
import { emptyStrip, type Strip } from "./strip.ts";
import { StripCursor } from "./stripcursor.ts";
import { gridStep, makeGrid, rowsByLine, type Facts, type StripGrid } from "./stripgrid.ts";
import { cellKey, factsOf, linesInUse, NO_PLACES } from "./striplines.ts";
import { cellTargets, intervalTargets, type Targets } from "./striptargets.ts";
import { count, thousands } from "../text.ts";

export interface BorderStripOptions {
  readonly columns: Columns;
  readonly filters: Filters;
  readonly statuses: readonly { key: string; label: string }[];
  colour(status: string): string;
  readonly lines: readonly StripLine[];
  onSelect(rows: number[], label: string): void;
  /** The row of the incident that is open, below 0 for none. */
  selected?(): number;
}

/** More incidents than this are drawn as cells. */
const FEW = 400;
/** Months are told apart up to so many; beyond it years are. */
const MOST_MONTHS = 75;
const MOST_PARTS = 70;

export function makeBorderStrip(options: BorderStripOptions): Strip {
  const { columns, lines } = options;
  const facts = factsOf(columns);
  const line = columns.codes("line");
  if (!facts || !line) return emptyStrip(NO_PLACES);
  const rows = rowsByLine(line.codes, line.words, facts.low, facts.high);
  return rows.size ? new BorderStrip(options, facts, rows, linesInUse(lines, rows, facts)) : emptyStrip(NO_PLACES);
}

class BorderStrip implements Strip {
  readonly element: HTMLElement;
  private readonly canvas = el("canvas", { "aria-hidden": "true" });
  private readonly plot = el("div", "bm-strip-plot");
  private readonly text = el("p", { class: "bm-strip-text", dir: "auto", "aria-live": "polite", "aria-atomic": "true" });
  /** On paper it stands for the choice. */
  private readonly name = el("p", { class: "bm-strip-name", dir: "auto" });
  private readonly key = el("p", "bm-strip-legend");
  private readonly choice = el("select", { class: "bm-select", "aria-label": "Border line" });
  private readonly clear = button({ class: "bm-text-button", hidden: "" }, () => this.options.filters.along(null), "Clear");
  private readonly brush: RangeBrush;
  private readonly cursor: StripCursor;
  private readonly kinds: { kinds: number; of: Uint8Array };
  private readonly release: () => void;
  private readonly hasChanged: () => boolean;
  private edges: readonly number[] = [0, 1];
  private grid: StripGrid | undefined;
  private counted: Uint32Array | undefined;

  constructor(
    private readonly options: BorderStripOptions,
    private readonly facts: Facts,
    private readonly rows: Map<string, Uint32Array>,
    private readonly lines: readonly StripLine[],
  ) {
    const { columns, filters, statuses, onSelect } = options;
    const status = columns.codes("status");
    this.kinds = kindsOf(status?.codes, status?.words ?? [], statuses.map(({ key }) => key), columns.n);
    for (const [name, pixels] of Object.entries(MARGIN)) this.plot.style.setProperty(name, `${pixels}px`);
    this.hasChanged = othersWatch(filters, "along");
    this.cursor = new StripCursor((target) => onSelect(target.rows(), `${target.label}, ${this.line.label}`));
    this.brush = this.makeBrush();
    this.element = this.assemble();
    this.cursor.listenTo(this.plot);
    const later = oncePerFrame(() => this.refresh());
    filters.subscribe(later);
    this.release = onNewLook(this.canvas, later);
  }

  refresh(): void {
    const plot = plotOn(this.canvas);
    if (!plot) return;
    const { line } = this;
    const rows = this.rows.get(line.key) ?? new Uint32Array();
    const length = Math.max(1, Math.round(line.lengthKm * 10));
    const grid = this.count(rows, length, Math.min(MOST_PARTS, plot.width / 9));
    const { bins } = grid;
    const scale = stripScale(plot.width, plot.height, length, bins);
    const sieve = othersSieve(this.options.filters, "along");
    paintAxes(plot, scale, bins, line);
    const isFew = grid.placed <= FEW;
    if (!isFew) paintCells(plot, grid, scale);
    this.cursor.show(isFew ? this.intervals(plot, scale, rows, sieve) : cellTargets(grid, scale, this.facts, rows, sieve));
    const chosen = this.options.selected?.() ?? -1;
    if (chosen >= 0 && rows.includes(chosen)) paintChosen(plot, this.facts, chosen, scale);
    this.name.textContent = line.label;
    fill(this.key, ...cellKey(grid, isFew));
    this.showRange(length);
    this.say(grid.placed, grid.undated);
  }

  destroy(): void {
    this.release();
    this.element.remove();
  }

  private get line(): StripLine {
    return this.lines[Math.max(0, this.choice.selectedIndex)]!;
  }

  /** Counts anew unless it is only the chosen kilometres that are others. */
  private count(rows: Uint32Array, length: number, most: number): StripGrid {
    const step = gridStep(length, most);
    const changed = this.hasChanged();
    if (this.grid && !changed && this.counted === rows && this.grid.step === step) return this.grid;
    const { from, to } = this.facts;
    const isOther = this.counted !== rows || !this.grid;
    const days = isOther && (extent({ from: pickRows(from, rows), to: pickRows(to, rows) }) ?? [0, 364]);
    const bins = days ? binsFor(...days, MOST_MONTHS, ["month", "year"]) : this.grid!.bins;
    this.counted = rows;
    this.grid = makeGrid(this.facts, rows, othersSieve(this.options.filters, "along"), { bins, length, step });
    return this.grid;
  }

  private intervals(plot: Plot, scale: StripScale, rows: Uint32Array, sieve: Sieve): Targets {
    const { statuses, colour, columns } = this.options;
    const colours = [...statuses.map(({ key }) => colour(key)), plot.colour("quiet")];
    const found = makeIntervals(this.facts, rows, sieve, scale);
    paintIntervals(plot, found, (row) => colours[this.kinds.of[row]!]!);
    return intervalTargets(found, this.facts, (row) => {
      const title = columns.text("title", row);
      const status = statuses[this.kinds.of[row]!]?.label ?? "";
      return [title, status].filter(Boolean).join(", ");
    });
  }

  private makeBrush(): RangeBrush {
    const { filters } = this.options;
    return makeRangeBrush({
      plot: this.plot,
      edges: () => this.edges,
      names: ["From kilometre", "To kilometre"],
      says: (range, end) => `km ${km(range[end])}`,
      change: (range) => filters.along(range && { line: this.line.key, low: range[0], high: range[1] }),
      tap: (x, y) => this.cursor.press(x + MARGIN.left, y + MARGIN.top),
    });
  }

  /** The ends of a range stand at whole kilometres, on short lines at tenths. */
  private showRange(length: number): void {
    const step = length > 1000 ? 10 : 1;
    this.edges = [...Array.from({ length: Math.ceil(length / step) }, (_, at) => at * step), length];
    const range = this.options.filters.alongRange();
    const isHere = range?.line === this.line.key;
    this.brush.show(range && isHere ? [range.low, range.high] : null);
    this.clear.hidden = !range;
  }

  private say(placed: number, undated: number): void {
    const { filters } = this.options;
    const range = filters.alongRange();
    const [certain, possible] = [thousands(filters.total - filters.possible), thousands(filters.possible)];
    const shown = range
      ? `${kmSpan(range.low, range.high)}: ${certain} certainly, ${possible} possibly on it`
      : count(placed, "incident");
    const said = undated ? `${shown} · ${thousands(undated)} without a date not drawn` : shown;
    if (this.text.textContent !== said) this.text.textContent = said;
  }

  private assemble(): HTMLElement {
    for (const { key, label } of this.lines)
      this.choice.append(el("option", {}, `${label} (${thousands(this.rows.get(key)?.length ?? 0)})`));
    this.choice.addEventListener("change", () => {
      this.options.filters.along(null);
      this.refresh();
    });
    // Kilometres are counted from the line's start and run from left to right in every script, as on the map.
    return el(
      "section",
      { class: "bm-strip bm-border-strip", "aria-label": "Incidents along the border by date" },
      el("div", "bm-strip-row", this.choice, this.name, this.text, this.clear, this.cursor.spot),
      el("div", { class: "bm-strip-box", dir: "ltr" }, this.canvas, this.plot, this.cursor.element),
      this.key,
    );
  }
}

function pickRows(values: Int32Array, rows: Uint32Array): Int32Array {
  return Int32Array.from(rows, (row) => values[row]!);
}
