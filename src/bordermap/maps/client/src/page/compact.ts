// The layer in somebody else's map: a card as a Leaflet control, nothing more.

import type { Atlas } from "../atlas.ts";
import { makeCard } from "./card.ts";
import { listenToKeys } from "./keyboard.ts";

export function addCompactCard(atlas: Atlas): void {
  const card = makeCard(atlas);
  card.element.classList.add("bm-compact");
  L.DomEvent.disableClickPropagation(card.element);
  L.DomEvent.disableScrollPropagation(card.element);
  const control = new L.Control({ position: "topright" });
  control.onAdd = () => card.element;
  control.addTo(atlas.map);
  listenToKeys(atlas, card, { map: atlas.map.getContainer(), sheetOpener: () => null });
}
