// The legend: statuses (which are switches too), types, how precisely a place is known, lines.

import type { Atlas } from "../atlas.ts";
import { MISSING } from "../columns/columns.ts";
import { el, svg, words } from "../dom.ts";
import { statusGroup } from "../filters/filterpanel.ts";
import { contextMark } from "../map/marks.ts";
import { squareSteps } from "../map/points.ts";
import { BUTTONS } from "../map/viewport.ts";
import { symbol, typeGlyph } from "../map/symbols.ts";
import { thousands } from "../text.ts";
import { tallyGroups } from "../counts/tallylegend.ts";

export function legend(atlas: Atlas): HTMLElement {
  const { book } = atlas;
  const used = new Set(book.filters.inUse("type"));
  const types = book.types.filter((type) => used.has(type.key));
  return el(
    "section",
    { class: "bm-part bm-legend", "aria-label": "Legend" },
    ...tallyGroups(atlas),
    statusGroup(atlas),
    types.length
      ? group(
          "Shape: type of incident",
          types.map((type) => item(typeGlyph(type.key, 16, book.colourBy), type.label)),
          "bm-legend-types",
        )
      : null,
    book.spots.placed > BUTTONS ? group("Where many stand close together", squareItems(book.n), "bm-legend-types") : null,
    group("How precisely the place is known", precisionItems(atlas)),
    group("Lines", lineItems(atlas)),
  );
}

/** The squares of `points.ts`, each with the counts it stands for. */
function squareItems(n: number): HTMLElement[] {
  const steps = squareSteps(n);
  return steps.map((least, at) => {
    const next = steps[at + 1];
    const label = next === undefined ? `${thousands(least)} or more` : `${thousands(least)}–${thousands(next - 1)}`;
    return item(swatch(svg("rect", { class: `bm-tally-fill bm-tally-${at + 1}`, x: 8, y: 2, width: 14, height: 14 })), label);
  });
}

function group(title: string, items: readonly HTMLElement[], className = ""): HTMLElement | null {
  return items.length
    ? el("div", "bm-legend-group", el("h3", {}, title), el("ul", `bm-legend-items ${className}`, ...items))
    : null;
}

function item(icon: Element, label: string): HTMLElement {
  return el("li", {}, el("span", "bm-legend-icon", icon), words(label));
}

function swatch(...content: SVGElement[]): SVGSVGElement {
  return svg(
    "svg",
    { class: "bm-swatch", viewBox: "0 0 30 18", width: 30, height: 18, "aria-hidden": "true", focusable: "false" },
    ...content,
  );
}

function precisionItems({ book }: Atlas): HTMLElement[] {
  const kinds = kindsOf(book);
  return [
    kinds.has("point") &&
      item(
        el("span", "bm-legend-symbol", symbol("cross_border_fire", "confirmed", "status", 15)),
        "At the place named; beside it, with a line, where room is short",
      ),
    kinds.has("disc") &&
      item(swatch(svg("circle", { class: "bm-swatch-disc", cx: 15, cy: 9, r: 8 })), "Disc: somewhere near, or the town’s extent"),
    kinds.has("area") &&
      item(
        swatch(svg("path", { class: "bm-swatch-area", d: "M3 4L14 1.5 27 5 24 16 8 15z" })),
        "Hatched: somewhere in this area",
      ),
    kinds.has("stretch") &&
      item(
        swatch(svg("path", { class: "bm-swatch-band", d: "M2 13C10 3 18 14 28 5" })),
        "Hatched band: somewhere on this stretch",
      ),
    (kinds.has("area") || kinds.has("stretch")) &&
      item(el("span", "bm-badge bm-badge-sample", "2"), "Number of incidents known no more precisely"),
  ].filter((one): one is HTMLElement => Boolean(one));
}

/** What stands for the incidents: points, and the kinds of shapes. */
function kindsOf(book: Atlas["book"]): Set<string> {
  const kinds = new Set<string>(book.spots.placed ? ["point"] : []);
  const [shapes, lon] = [book.columns.codes("shape"), book.columns.ints("lon")];
  const kindOf = shapes?.words.map((word) => book.shape(word)?.kind ?? "") ?? [];
  shapes?.codes.forEach((code, row) => {
    if (code) kinds.add(lon && lon[row] !== MISSING ? "disc" : kindOf[code]!);
  });
  return kinds;
}

function lineItems(atlas: Atlas): HTMLElement[] {
  const { borders, book } = atlas;
  const disputed = borders.some((line) => line.status !== "not_assessed" && line.status !== "agreed");
  const line = (className: string): SVGElement => svg("path", { class: className, d: "M1 9H29" });
  return [
    borders.length ? item(swatch(line("bm-swatch-border")), "Border under study") : undefined,
    disputed ? item(swatch(line("bm-swatch-disputed")), "Disputed line") : undefined,
    atlas.ground ? item(swatch(line("bm-swatch-neighbour")), "Other borders") : undefined,
    book.links.length ? item(swatch(line("bm-swatch-link")), "Origin to impact or target, as one claim has it") : undefined,
    book.context.length ? item(contextMark(17), "Context, not an incident") : undefined,
  ].filter((one): one is HTMLElement => one !== undefined);
}
