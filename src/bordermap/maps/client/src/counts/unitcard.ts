// The card of one cell or one border stretch, and the way to the next.

import type { Atlas } from "../atlas.ts";
import { el, words } from "../dom.ts";
import { section } from "../page/details.ts";
import type { AggregateColumn } from "../payload.ts";
import type { Cell, Stretch, Tally, Unit } from "./tally.ts";
import { capital, count, thousands } from "../text.ts";

export function unitParts(unit: Unit, atlas: Atlas): (Node | null)[] {
  const tally = tallyOf(atlas, unit);
  return unit.kind === "cell" ? cellParts(unit, tally) : stretchParts(unit);
}

export function tallyOf(atlas: Atlas, unit: Unit): Tally | undefined {
  return atlas.tallies.find(({ cells, stretches }) => cells.includes(unit as Cell) || stretches.includes(unit as Stretch));
}

function cellParts(cell: Cell, tally: Tally | undefined): (Node | null)[] {
  const columns = tally?.columns ?? [];
  return [
    el("div", "bm-card-heading", el("h2", { dir: "auto", tabindex: "-1" }, count(cell.n, "incident"))),
    el("p", "bm-status-line", `In the cell ${cell.label}`),
    breakdown("By status", columns, "status", cell.row),
    breakdown("By type", columns, "type", cell.row),
    breakdown("Other counts", columns, "other", cell.row),
    breakdown("Figures", columns, "figure", cell.row),
  ];
}

function breakdown(title: string, columns: readonly AggregateColumn[], kind: string, row: number): HTMLElement | null {
  const own = columns.filter((column) => column.kind === kind);
  // A figure that nobody gave is said to be unknown; a status that does not occur goes without saying.
  const rows = own.filter(({ values }) => (kind === "figure" ? true : Boolean(values[row])));
  if (!rows.length) return null;
  return section(
    title,
    el(
      "table",
      "bm-figures",
      el(
        "tbody",
        {},
        ...rows.map(({ label, values }) =>
          el("tr", {}, el("th", { scope: "row" }, words(capital(label))), el("td", {}, figure(values[row]))),
        ),
      ),
    ),
  );
}

/** A number, or a dash where nothing is known. */
export function figure(value: number | null | undefined): string {
  return value === null || value === undefined ? "–" : thousands(value);
}

function stretchParts(stretch: Stretch): (Node | null)[] {
  const { lengthKm } = stretch;
  const fact = (label: string, text: string): Node[] => (text ? [el("dt", {}, label), el("dd", {}, words(text))] : []);
  return [
    el("div", "bm-card-heading", el("h2", { dir: "auto", tabindex: "-1" }, stretch.label)),
    stretch.pair !== stretch.label ? el("p", "bm-status-line", words(`Border ${stretch.pair}`)) : null,
    el(
      "dl",
      "bm-facts",
      ...fact("Certain", `${count(stretch.certain, "incident")}: no other stretch can be nearest`),
      ...fact("Possible", `${count(stretch.possible, "incident")}: this or another stretch is nearest`),
      ...fact("Length", lengthKm === undefined ? "" : `${thousands(lengthKm)} km`),
    ),
    stretch.note ? words(stretch.note, "p", "bm-summary") : null,
  ];
}

/** The next unit of the same kind, most incidents first; with none open the first cell, or the first stretch. */
export function nextUnit(atlas: Atlas, by: number): Unit | undefined {
  const open = atlas.unit;
  const list = unitsLike(atlas, open);
  const at = open ? list.indexOf(open) : -1;
  return list[at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length];
}

export function unitPlace(atlas: Atlas, unit: Unit): string {
  const list = unitsLike(atlas, unit);
  return `${unit.kind === "cell" ? "Cell" : "Stretch"} ${thousands(list.indexOf(unit) + 1)} of ${thousands(list.length)}, most incidents first`;
}

function unitsLike(atlas: Atlas, open: Unit | undefined): readonly Unit[] {
  const tally = open ? tallyOf(atlas, open) : atlas.tallies[0];
  if (!tally) return [];
  return (open?.kind ?? (tally.cells.length ? "cell" : "stretch")) === "cell" ? tally.cells : tally.stretches;
}
