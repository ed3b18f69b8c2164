// What the tables of counts hold: columns, how they sort, and the line that sums them up.

import { compare } from "../incidents/book.ts";
import type { AggregateColumn } from "../payload.ts";
import type { Cell, Stretch, Tally, Unit } from "./tally.ts";
import { capital, fold, thousands } from "../text.ts";

export interface Column {
  readonly key: string;
  readonly label: string;
  /** What a row sorts by; an unknown number sorts last. */
  value(unit: Unit): number | string | null;
  /** What the last line says below it. */
  readonly sum: string;
}

export interface Sheet {
  readonly key: string;
  readonly label: string;
  readonly units: readonly Unit[];
  readonly columns: readonly Column[];
  readonly note: string;
}

export function sheets(tallies: readonly Tally[]): Sheet[] {
  const named = (tally: Tally, what: string): string => (tallies.length > 1 ? `${tally.name}: ${what.toLowerCase()}` : what);
  return tallies.flatMap((tally) => [
    {
      key: `${tally.key}:cells`,
      label: named(tally, "Cells"),
      units: tally.cells,
      columns: cellColumns(tally),
      note: tally.outside ? `${thousands(tally.outside)} more incidents are not placeable at this scale` : "",
    },
    {
      key: `${tally.key}:stretches`,
      label: named(tally, "Border stretches"),
      units: tally.stretches,
      columns: stretchColumns(tally),
      note: "what is possible is counted on each stretch that may be nearest, so it has no sum",
    },
  ]);
}

function cellColumns({ cells, columns, inCells }: Tally): Column[] {
  const cell = (unit: Unit): Cell => unit as Cell;
  return [
    { key: "name", label: "Cell", value: (unit) => cell(unit).north * 1000 - cell(unit).west, sum: "All cells" },
    { key: "n", label: "Incidents", value: (unit) => cell(unit).n, sum: thousands(inCells) },
    ...columns
      .filter((column) => !repeats(column, cells))
      .map(({ key, label, values }) => ({
        key: `n_${key}`,
        label: capital(label),
        value: (unit: Unit) => values[cell(unit).row] ?? null,
        sum: thousands(cells.reduce((sum, { row }) => sum + (values[row] ?? 0), 0)),
      })),
  ];
}

/** Where all incidents have one status its column would say the same as the count. */
function repeats({ kind, values }: AggregateColumn, cells: readonly Cell[]): boolean {
  return kind !== "figure" && cells.every(({ n, row }) => values[row] === n);
}

function stretchColumns({ stretches }: Tally): Column[] {
  const stretch = (unit: Unit): Stretch => unit as Stretch;
  const certain = stretches.reduce((sum, one) => sum + one.certain, 0);
  return [
    { key: "name", label: "Border stretch", value: (unit) => fold(unit.label), sum: "All stretches" },
    { key: "pair", label: "Border", value: (unit) => stretch(unit).pair, sum: "" },
    { key: "certain", label: "Certain", value: (unit) => stretch(unit).certain, sum: thousands(certain) },
    { key: "possible", label: "Possible", value: (unit) => stretch(unit).possible, sum: "–" },
  ];
}

/** Sorted by a column; ties keep the order of the layer, most incidents first. */
export function ordered(units: readonly Unit[], column: Column, down: boolean): Unit[] {
  return units
    .map((unit, place) => ({ unit, place, value: column.value(unit) }))
    .sort((a, b) => byValue(a.value, b.value, down) || a.place - b.place)
    .map(({ unit }) => unit);
}

function byValue(a: number | string | null, b: number | string | null, down: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const turn = down ? -1 : 1;
  return turn * (typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b)));
}
