// The line at the map's foot: scale, endorsement sentence, credits. Always on screen and in print.

import type { Atlas } from "../atlas.ts";
import { el } from "../dom.ts";
import type { Page } from "../payload.ts";

const STEPS = [1, 2, 5];

export function makeFoot(atlas: Atlas, page: Page): HTMLElement {
  const bar = el("span", "bm-scale-bar");
  const label = el("span", "bm-scale-label");
  // Several files may owe the same sentence: each once. The licences in full stand in "About this map".
  const credits = [
    ...new Set(
      (page.credits ?? [])
        .flatMap(({ text }) => (text ?? "").split(/\.\s+|\.$/))
        .map((text) => text.trim())
        .filter(Boolean),
    ),
  ];
  const element = el(
    "footer",
    "bm-foot",
    el("div", { class: "bm-scale", role: "img", "aria-label": "Scale bar", dir: "ltr" }, bar, label),
    el(
      "p",
      { class: "bm-foot-text", dir: "auto" },
      el("span", "bm-endorsement", page.endorsement ?? ""),
      " ",
      el("span", "bm-credit-line", credits.join(" · ")),
    ),
  );
  new ResizeObserver(() => document.documentElement.style.setProperty("--bm-foot", `${element.offsetHeight}px`)).observe(element);
  const refresh = (): void => {
    const { metres, pixels } = scaleAt(atlas.map);
    bar.style.inlineSize = `${Math.round(pixels)}px`;
    label.textContent = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
  };
  atlas.map.on("zoomend moveend resize", refresh);
  refresh();
  return element;
}

/** The longest round distance that fits into 110 pixels at the middle of the map. */
function scaleAt(map: L.Map): { metres: number; pixels: number } {
  const size = map.getSize();
  const y = size.y / 2;
  const width = 110;
  const far = map.distance(
    map.containerPointToLatLng([size.x / 2 - width / 2, y]),
    map.containerPointToLatLng([size.x / 2 + width / 2, y]),
  );
  const metres = roundDown(far);
  return { metres, pixels: far > 0 ? (metres / far) * width : 0 };
}

export function roundDown(metres: number): number {
  if (!(metres > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(metres));
  return power * (STEPS.filter((step) => step * power <= metres).pop() ?? 1);
}
