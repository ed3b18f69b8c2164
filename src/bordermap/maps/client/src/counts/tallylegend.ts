// The legend of counts: each class with its bounds, what the bands along the border mean, and what is not drawn.

import type { Atlas } from "../atlas.ts";
import { el, svg, words } from "../dom.ts";
import type { CountClass } from "../payload.ts";
import { widths } from "./stretches.ts";
import type { Cell, Tally } from "./tally.ts";
import { capital, count, thousands } from "../text.ts";

export function tallyGroups(atlas: Atlas): HTMLElement[] {
  const several = atlas.tallies.length > 1;
  return atlas.tallies.flatMap((tally) => [
    ...(several ? [words(tally.name, "p", "bm-tally-name")] : []),
    ...[cellGroup(tally), stretchGroup(tally, atlas.map)].filter((one): one is HTMLElement => one !== null),
  ]);
}

/** "1", "2–3", "4–10". */
export function bounds({ low, high }: CountClass): string {
  return low === high ? thousands(low) : `${thousands(low)}–${thousands(high)}`;
}

function cellGroup(tally: Tally): HTMLElement | null {
  if (!tally.cells.length) return null;
  const inClass = ({ low, high }: CountClass): number => tally.cells.filter(({ n }) => n >= low && n <= high).length;
  return group(
    `Incidents in a cell${cellSize(tally.cells)}`,
    tally.cellClasses.map((one) =>
      item(
        swatch(svg("rect", { class: `bm-tally-fill bm-tally-${one.shade}`, x: 3, y: 2, width: 24, height: 14 })),
        bounds(one),
        count(inClass(one), "cell"),
      ),
    ),
    tally.classesNote,
  );
}

/** " of 0.25°", where all cells are alike. */
export function cellSize(cells: readonly Cell[]): string {
  const sides = new Set(cells.flatMap(({ west, south, east, north }) => [(east - west).toFixed(4), (north - south).toFixed(4)]));
  return sides.size === 1 ? ` of ${Number([...sides][0])}°` : "";
}

function stretchGroup(tally: Tally, map: L.Map): HTMLElement | null {
  const drawn = tally.stretches.filter(({ parts }) => parts.length);
  if (!drawn.length) return null;
  const lines: { path: SVGElement; shade: number }[] = [];
  const line = (className: string, shade: number): SVGElement => {
    const path = svg("path", { class: className, d: "M1 9H29" });
    lines.push({ path, shade });
    return path;
  };
  const items = tally.stretchClasses.map((one) => item(swatch(line("bm-tally-certain", one.shade)), bounds(one)));
  if (drawn.some(({ possible }) => possible))
    items.push(
      item(
        swatch(line("bm-tally-possible", 6), line("bm-tally-certain", 3)),
        "Pale rim: as wide as with those too that may belong to another stretch",
      ),
    );
  // The bands are thinner on a map of the world; the legend shows them as they are now.
  const refresh = (): void => {
    for (const { path, shade } of lines)
      path.style.strokeWidth = String(widths({ core: shade, edge: shade, possible: 0 }, map.getZoom()).core);
  };
  map.on("zoomend viewreset", refresh);
  refresh();
  return group("Incidents nearest to a border stretch", items, listedOnly(tally.stretches.length - drawn.length));
}

function listedOnly(n: number): string {
  return n ? `${count(n, "stretch", "stretches")} without a known line: in the table only.` : "";
}

function group(title: string, items: readonly HTMLElement[], note: string): HTMLElement {
  return el(
    "div",
    "bm-legend-group bm-tally-group",
    el("h3", {}, title),
    el("ul", "bm-legend-items", ...items),
    note ? words(note, "p", "bm-quiet") : null,
  );
}

function item(icon: Element, label: string, more = ""): HTMLElement {
  return el("li", {}, el("span", "bm-legend-icon", icon), words(label), more ? el("span", "bm-tally-more", words(more)) : null);
}

function swatch(...content: SVGElement[]): SVGSVGElement {
  return svg(
    "svg",
    { class: "bm-swatch", viewBox: "0 0 30 18", width: 30, height: 18, "aria-hidden": "true", focusable: "false" },
    ...content,
  );
}

/** What no cell is true for: counted here, by precision, so that all adds up. */
export function unplacedBox({ tallies }: Atlas): HTMLElement | null {
  const told = tallies.filter(({ outside }) => outside);
  if (!told.length) return null;
  return el(
    "section",
    { class: "bm-part bm-listed-box bm-unplaced", "aria-label": "Not placeable at this scale" },
    el("h2", {}, "Not placeable at this scale"),
    words("Known no more finely than this, so no single cell would be true.", "p", "bm-quiet"),
    ...told.map((tally) =>
      el(
        "table",
        "bm-figures bm-unplaced-table",
        el(
          "caption",
          tallies.length > 1 ? "bm-tally-name" : "bm-hidden",
          tallies.length > 1 ? tally.name : "Incidents by how precisely their place is known",
        ),
        el(
          "tbody",
          {},
          ...tally.unplaced.map(({ label, n }) => row(capital(label), n)),
          row("All not placeable", tally.outside, "bm-sum-row"),
          row("In cells", tally.inCells),
          row("All incidents", tally.rows, "bm-sum-row"),
        ),
      ),
    ),
  );
}

function row(label: string, n: number, className = ""): HTMLElement {
  const node = el("tr", className, el("th", { scope: "row" }, words(label)), el("td", "bm-number", thousands(n)));
  node.dataset["n"] = String(n);
  return node;
}

/** One sentence that adds up. */
export function tallySum({ rows, cells, inCells, outside }: Tally): string {
  const parts = [
    inCells ? `${thousands(inCells)} in ${count(cells.length, "cell")}` : "",
    outside ? `${thousands(outside)} not placeable at this scale` : "",
  ].filter(Boolean);
  return `${count(rows, "incident")}: ${parts.join(", ")}.`;
}
