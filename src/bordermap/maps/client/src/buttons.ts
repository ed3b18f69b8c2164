// The buttons that incidents have on the map.

import type { Atlas } from "./atlas.ts";
import { button, el } from "./dom.ts";
import type { Incident, Shape } from "./payload.ts";
import { symbol } from "./symbols.ts";
import { count } from "./text.ts";

/** The side of a symbol on the screen. */
export const SYMBOL = 24;
/** What is drawn in it. */
const GLYPH = 20;

const idsOf = new WeakMap<HTMLElement, readonly string[]>();

/** The incidents behind a badge. */
export function eventIds(element: HTMLElement): readonly string[] {
  return idsOf.get(element) ?? [];
}

export function symbolButton(incident: Incident, atlas: Atlas): HTMLButtonElement {
  const label = `${incident.title}, ${incident.dateLabel}, ${incident.statusWords || incident.status}`;
  const node = button({ class: "bm-symbol", "aria-label": label }, () => atlas.store.select(incident.id));
  node.append(symbol(incident.type, incident.status, atlas.book.colourBy, GLYPH));
  node.dataset["eventId"] = incident.id;
  listenHover(node, incident.id, atlas);
  return node;
}

export function badgeButton(shape: Shape, incidents: readonly Incident[], atlas: Atlas): HTMLButtonElement {
  const ids = incidents.map((incident) => incident.id);
  const label = `${count(ids.length, "incident")} somewhere in ${shape.label}`;
  const open = (): void => (ids.length === 1 ? atlas.store.select(ids[0] ?? "") : atlas.store.selectGroup(ids, shape.label));
  const node = button({ class: "bm-badge", "aria-label": label }, open, el("span", {}, String(ids.length)));
  node.dataset["eventIds"] = ids.join(" ");
  node.dataset["count"] = String(ids.length);
  idsOf.set(node, ids);
  return node;
}

function listenHover(node: HTMLElement, id: string, { store }: Atlas): void {
  node.addEventListener("pointerenter", () => store.set({ hover: id }));
  node.addEventListener("pointerleave", () => store.set({ hover: "" }));
}
