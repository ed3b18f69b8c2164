// The incident symbol: shape by type, form by status. The form alone tells the status, so grey print reads too.

import { svg } from "../dom.ts";
import { slug } from "../text.ts";

/** Outlines in a box of 24 by 24. */
const OUTLINES: Record<string, string> = {
  cross_border_fire: "M12 3.5a8.5 8.5 0 1 1 0 17a8.5 8.5 0 0 1 0-17z",
  drone_strike: "M12 3L21.6 19.5H2.4z",
  shooting: "M12 2.2L21.8 12L12 21.8L2.2 12z",
  exchange_of_fire: "M4.2 4.2h15.6v15.6H4.2z",
  crossing_clash: "M7.2 3.7h9.6L21.6 12L16.8 20.3H7.2L2.4 12z",
  attack_on_people: "M12 2.8L21.5 9.7L17.9 20.8H6.1L2.5 9.7z",
  security_operation: "M6.4 6.2h11.2a5.8 5.8 0 0 1 0 11.6H6.4a5.8 5.8 0 0 1 0-11.6z",
  other: "M12 6a6 6 0 1 1 0 12a6 6 0 0 1 0-12z",
};

/** Where the middle of an outline stands, for dots and bars. */
export const MIDDLES: Record<string, number> = { drone_strike: 14, attack_on_people: 12.4 };

export const TYPE_KEYS = Object.keys(OUTLINES);
export const STATUS_KEYS = ["confirmed", "corroborated", "reported", "claimed", "disputed", "denied"] as const;

export interface Form {
  /** Names of the shared clips that hold ink, with the strength of the ink. */
  inked: readonly { clip: "whole" | "threequarters" | "half" | "before" | "after"; strength: number }[];
  outline: number;
  mark: "" | "dot" | "bar";
  dashed?: boolean;
}

const FORMS: Record<string, Form> = {
  confirmed: { inked: [{ clip: "whole", strength: 1 }], outline: 1.6, mark: "" },
  corroborated: { inked: [{ clip: "threequarters", strength: 1 }], outline: 1.8, mark: "" },
  reported: { inked: [{ clip: "half", strength: 1 }], outline: 1.8, mark: "" },
  claimed: { inked: [], outline: 2.3, mark: "dot" },
  disputed: {
    inked: [
      { clip: "before", strength: 1 },
      { clip: "after", strength: 0.36 },
    ],
    outline: 1.4,
    mark: "",
  },
  denied: { inked: [], outline: 2.3, mark: "bar" },
};
const UNKNOWN: Form = { inked: [], outline: 1.8, mark: "", dashed: true };

export function outlineOf(type: string): string {
  return (Object.hasOwn(OUTLINES, type) ? OUTLINES[type] : undefined) ?? OUTLINES["other"] ?? "";
}

export function formOf(status: string): Form {
  return (Object.hasOwn(FORMS, status) ? FORMS[status] : undefined) ?? UNKNOWN;
}

/** The class that gives a symbol its colour. */
export function inkClass(status: string, type: string, colourBy: "status" | "type"): string {
  return colourBy === "type" ? `bm-ink bm-type-${slug(type)}` : `bm-ink bm-status-${slug(status)}`;
}

export function symbol(type: string, status: string, colourBy: "status" | "type" = "status", size = 20): SVGSVGElement {
  const form = formOf(status);
  const d = outlineOf(type);
  const middle = MIDDLES[type] ?? 12;
  const node = svg("svg", {
    class: `bm-glyph ${inkClass(status, type, colourBy)}`,
    viewBox: "0 0 24 24",
    width: size,
    height: size,
    "aria-hidden": "true",
    focusable: "false",
  });
  node.append(svg("path", { class: "bm-glyph-halo", d }), svg("path", { class: "bm-glyph-body", d }));
  for (const { clip, strength } of form.inked) {
    const attributes = clip === "whole" ? {} : { "clip-path": `url(#bm-clip-${clip})` };
    node.append(svg("path", { d, fill: "currentColor", "fill-opacity": strength, ...attributes }));
  }
  node.append(
    svg("path", {
      d,
      fill: "none",
      stroke: "currentColor",
      "stroke-width": form.outline,
      "stroke-linejoin": "round",
      ...(form.dashed ? { "stroke-dasharray": "3 2.4" } : {}),
    }),
  );
  if (form.mark === "dot") node.append(svg("circle", { cx: 12, cy: middle, r: 2.7, fill: "currentColor" }));
  if (form.mark === "bar") {
    node.append(svg("path", { d: `M8 ${middle}h8`, stroke: "currentColor", "stroke-width": 2.7, "stroke-linecap": "round" }));
  }
  return node;
}

/** The outline of a type alone, for the legend. */
export function typeGlyph(type: string, size = 18, colourBy: "status" | "type" = "status"): SVGSVGElement {
  const ink = colourBy === "type" ? inkClass("", type, "type") : "bm-ink bm-neutral";
  return svg(
    "svg",
    { class: `bm-glyph ${ink}`, viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true", focusable: "false" },
    svg("path", { d: outlineOf(type), fill: "none", stroke: "currentColor", "stroke-width": 1.9, "stroke-linejoin": "round" }),
  );
}
