// What counts need beside them in somebody else's map: the classes, what is not drawn, the sentence on names.

import type { Atlas } from "../atlas.ts";
import { el, words } from "../dom.ts";
import { tallyGroups, tallySum, unplacedBox } from "../counts/tallylegend.ts";

export function addCompactLegend(atlas: Atlas): void {
  const said = new Set(atlas.tallies.flatMap((tally) => [tallySum(tally), ...tally.said]));
  const content = [...tallyGroups(atlas), unplacedBox(atlas), ...[...said].map((text) => words(text, "p", "bm-quiet"))];
  const element = el("details", "bm-side bm-compact-legend", el("summary", {}, "Legend"), ...content);
  element.open = true;
  L.DomEvent.disableClickPropagation(element);
  L.DomEvent.disableScrollPropagation(element);
  const control = new L.Control({ position: "bottomleft" });
  control.onAdd = () => element;
  control.addTo(atlas.map);
}
