// Small neutral marks for reported places and context, and the clips and hatches that all drawings share.

import { svg } from "../dom.ts";

/** In a box of 16 by 16; none of them looks like a sight or a hit. */
const ROLE_MARKS: Record<string, string> = {
  origin: "M8 3.2L13 12.4H3z",
  target: "M3.6 3.6h8.8v8.8H3.6zM6.4 6.4v3.2h3.2V6.4z",
  impact: "M4.2 4.2l7.6 7.6M11.8 4.2l-7.6 7.6",
  scene: "M8 3.9a4.1 4.1 0 1 1 0 8.2a4.1 4.1 0 0 1 0-8.2z",
  crossing: "M4 3.8l4 4.2-4 4.2M8.6 3.8l4 4.2-4 4.2",
};
const OTHER_MARK = "M8 6a2 2 0 1 1 0 4a2 2 0 0 1 0-4z";
const CONTEXT_MARK = "M8 3.2v9.6M3.85 5.6l8.3 4.8M12.15 5.6l-8.3 4.8";

export function roleMark(role: string, size = 16): SVGSVGElement {
  const d = (Object.hasOwn(ROLE_MARKS, role) ? ROLE_MARKS[role] : undefined) ?? OTHER_MARK;
  return mark(d, size, "bm-mark");
}

export function contextMark(size = 18): SVGSVGElement {
  const node = mark(CONTEXT_MARK, size, "bm-mark bm-mark-context");
  node.prepend(svg("circle", { class: "bm-mark-disc", cx: 8, cy: 8, r: 7 }));
  return node;
}

function mark(d: string, size: number, className: string): SVGSVGElement {
  return svg(
    "svg",
    { class: className, viewBox: "0 0 16 16", width: size, height: size, "aria-hidden": "true", focusable: "false" },
    svg("path", { class: "bm-mark-halo", d, fill: "none" }),
    svg("path", {
      class: "bm-mark-line",
      d,
      fill: "none",
      stroke: "currentColor",
      "stroke-linejoin": "round",
      "stroke-linecap": "round",
    }),
  );
}

/** Puts the shared clips and hatches into a document, once. */
export function shareDefinitions(): void {
  if (document.getElementById("bm-definitions")) return;
  const box = svg("svg", {
    id: "bm-definitions",
    class: "bm-definitions",
    width: 0,
    height: 0,
    "aria-hidden": "true",
    focusable: "false",
  });
  box.append(
    clip("threequarters", "M0 0H12V12H24V24H0z"),
    clip("half", "M0 12H24V24H0z"),
    clip("before", "M0 0L0 24H21.6L0 2.4z"),
    clip("after", "M2.4 0H24V21.6z"),
    hatch("bm-hatch", "bm-hatch-line", 7, 45),
    hatch("bm-hatch-strong", "bm-hatch-line bm-strong", 6, 45),
    hatch("bm-hatch-place", "bm-hatch-line bm-place", 6, -45),
  );
  document.body.append(box);
}

function clip(name: string, d: string): SVGClipPathElement {
  return svg("clipPath", { id: `bm-clip-${name}`, clipPathUnits: "userSpaceOnUse" }, svg("path", { d }));
}

function hatch(id: string, lineClass: string, step: number, turn: number): SVGPatternElement {
  return svg(
    "pattern",
    { id, width: step, height: step, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${turn})` },
    svg("path", { class: lineClass, d: `M0 0V${step}` }),
  );
}
