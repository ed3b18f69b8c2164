// Counts by cell and border stretch, read once from a layer; the readers for missing fields stand here.

import type { AggregateColumn, Aggregates, CountClass, LonLat } from "../payload.ts";
import { projectX, projectY } from "../map/projection.ts";
import { count, thousands } from "../text.ts";

interface UnitBase {
  /** Unique on the page; what the store holds. */
  readonly id: string;
  readonly label: string;
  /** Where it is brought into view. */
  readonly at: LonLat | undefined;
}

export interface Cell extends UnitBase {
  readonly kind: "cell";
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  /** West, north, east, south in pixels of zoom 0. */
  readonly box: readonly [number, number, number, number];
  readonly n: number;
  readonly shade: number;
  /** Its row in the columns. */
  readonly row: number;
}

export interface StretchPart {
  status: string;
  lines: LonLat[][];
}

export interface Stretch extends UnitBase {
  readonly kind: "stretch";
  readonly pair: string;
  readonly certain: number;
  readonly possible: number;
  readonly lengthKm: number | undefined;
  readonly note: string;
  readonly parts: readonly StretchPart[];
  /** 1 to 6, for those that are surely here and for all that may be; 0 where there are none. */
  readonly core: number;
  readonly edge: number;
}

export type Unit = Cell | Stretch;

export interface Tally {
  /** Its place among the tallies of the page; part of every key. */
  readonly key: string;
  readonly name: string;
  readonly cells: readonly Cell[];
  readonly stretches: readonly Stretch[];
  readonly columns: readonly AggregateColumn[];
  readonly cellClasses: readonly CountClass[];
  readonly stretchClasses: readonly CountClass[];
  readonly classesNote: string;
  readonly unplaced: readonly { label: string; n: number }[];
  readonly inCells: number;
  readonly outside: number;
  readonly rows: number;
  readonly said: readonly string[];
}

export function makeTally(layer: Partial<Aggregates>, key: string): Tally {
  const cellClasses = classes(layer.cellClasses);
  const stretchClasses = classes(layer.stretchClasses);
  const columns = (layer.cells?.columns ?? []).filter((one) => Array.isArray(one?.values));
  const cells = readCells(layer, key, cellClasses);
  const unplaced = (layer.unplaced ?? []).map(({ label, n }) => ({ label: String(label ?? ""), n: whole(n) }));
  const inCells = cells.reduce((sum, { n }) => sum + n, 0);
  const outside = unplaced.reduce((sum, { n }) => sum + n, 0);
  return {
    key,
    name: layer.name || "Counts",
    cells,
    stretches: readStretches(layer, key, stretchClasses),
    columns,
    cellClasses,
    stretchClasses,
    classesNote: layer.classesNote ?? "",
    unplaced,
    inCells,
    outside,
    rows: whole(layer.rows),
    said: (layer.said ?? []).map(String),
  };
}

function classes(given: readonly CountClass[] | undefined): CountClass[] {
  return (given ?? []).map(({ low, high, shade }) => ({
    low: whole(low),
    high: whole(high),
    shade: Math.max(1, Math.min(6, whole(shade))),
  }));
}

function whole(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? Math.max(0, Math.round(value)) : 0;
}

/** The tint or width of a count: that of the class it lies in. */
export function shadeOf(n: number, given: readonly CountClass[]): number {
  return n > 0 ? (given.find(({ low, high }) => n >= low && n <= high)?.shade ?? 0) : 0;
}

function readCells({ cells }: Partial<Aggregates>, key: string, given: readonly CountClass[]): Cell[] {
  const found: Cell[] = [];
  (cells?.n ?? []).forEach((n, row) => {
    const [west, south, east, north] = [cells?.west[row], cells?.south[row], cells?.east[row], cells?.north[row]];
    if (west === undefined || south === undefined || east === undefined || north === undefined) return;
    if (![west, south, east, north].every(Number.isFinite)) return;
    found.push({
      kind: "cell",
      id: `${key} cell ${row}`,
      label: cellName(west, south, east, north),
      at: [(west + east) / 2, (south + north) / 2],
      west,
      south,
      east,
      north,
      box: [projectX(west), projectY(north), projectX(east), projectY(south)],
      n: whole(n),
      shade: shadeOf(whole(n), given),
      row,
    });
  });
  return found;
}

function readStretches({ stretches }: Partial<Aggregates>, key: string, given: readonly CountClass[]): Stretch[] {
  return (stretches ?? []).map((one, index) => {
    const [certain, possible] = [whole(one.certain), whole(one.possible)];
    const parts = (one.parts ?? []).map(({ status, lines }) => ({ status: status ?? "", lines: lines ?? [] }));
    return {
      kind: "stretch",
      id: `${key} stretch ${index}`,
      label: one.name || one.key || "not named",
      pair: one.pair ?? "",
      at: middle(parts),
      certain,
      possible,
      lengthKm: Number.isFinite(one.lengthKm) ? one.lengthKm : undefined,
      note: one.note ?? "",
      parts,
      core: shadeOf(certain, given),
      edge: shadeOf(certain + possible, given),
    };
  });
}

function middle(parts: readonly StretchPart[]): LonLat | undefined {
  const longest = parts
    .flatMap(({ lines }) => lines)
    .reduce<LonLat[]>((long, line) => (line.length > long.length ? line : long), []);
  return longest[Math.floor(longest.length / 2)];
}

/** "36.25–36.5° N, 68–68.25° E". */
export function cellName(west: number, south: number, east: number, north: number): string {
  return `${span(south, north, "N", "S")}, ${span(west, east, "E", "W")}`;
}

function span(low: number, high: number, above: string, below: string): string {
  const text = (value: number): string => String(Number(Math.abs(value).toFixed(4)));
  if (low >= 0) return `${text(low)}–${text(high)}° ${above}`;
  if (high <= 0) return `${text(high)}–${text(low)}° ${below}`;
  return `${text(low)}° ${below} – ${text(high)}° ${above}`;
}

/** What is counted there, in a few words. */
export function unitCount(unit: Unit): string {
  if (unit.kind === "cell") return count(unit.n, "incident");
  const { certain, possible } = unit;
  if (!certain) return possible ? `possibly ${count(possible, "incident")}` : "no incidents";
  return `${count(certain, "incident")}${possible ? `, possibly ${thousands(possible)} more` : ""}`;
}
