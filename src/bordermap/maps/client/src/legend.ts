// The legend: statuses (which are switches too), types, how precisely a place is known, lines.

import type { Atlas } from "./atlas.ts";
import { el, svg, words } from "./dom.ts";
import { contextMark } from "./marks.ts";
import type { Term } from "./payload.ts";
import { switchGroup } from "./switches.ts";
import { symbol, typeGlyph } from "./symbols.ts";
import { tallyGroups } from "./tallylegend.ts";

export function legend(atlas: Atlas): HTMLElement {
  const { book } = atlas;
  const used = new Set(book.incidents.map((incident) => incident.type));
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
    group("How precisely the place is known", precisionItems(atlas)),
    group("Lines", lineItems(atlas)),
  );
}

function statusGroup(atlas: Atlas): HTMLElement | null {
  const { book } = atlas;
  const tally = (key: string): number => book.incidents.filter((incident) => incident.status === key).length;
  return switchGroup(
    atlas,
    "Status: who says so",
    book.statuses.map((status: Term) => ({
      key: `status:${status.key}`,
      label: status.label,
      group: "Incidents",
      count: tally(status.key),
      ...(status.meaning ? { note: status.meaning } : {}),
      icon: () => symbol("cross_border_fire", status.key, "status", 18),
    })),
  );
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
  const kinds = new Set(
    book.incidents.flatMap((incident) => {
      const { standing } = incident;
      return standing.kind === "areal"
        ? [book.shape(standing.shape)?.kind ?? ""]
        : standing.kind === "point"
          ? ["point", standing.shape ? "disc" : ""]
          : [];
    }),
  );
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
