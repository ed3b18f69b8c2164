// What is known only to a country, or not even that: listed, because nothing on the map would be true.

import type { Atlas } from "./atlas.ts";
import { isShown, standingOf } from "./book.ts";
import { incidentButton } from "./card.ts";
import { el, fill, words } from "./dom.ts";
import type { Incident } from "./payload.ts";

export function listedBox(atlas: Atlas): HTMLElement {
  const list = el("div", "bm-listed-groups");
  const element = el(
    "section",
    { class: "bm-part bm-listed-box", "aria-label": "Known only to a country" },
    el("h2", {}, "Known only to a country"),
    el("p", "bm-quiet", "No place on the map would be true, so these are listed."),
    list,
  );
  const refresh = (): void => {
    const groups = byCountry(atlas);
    element.hidden = !groups.size;
    fill(
      list,
      ...[...groups].map(([country, incidents]) =>
        el(
          "div",
          {},
          words(country, "p", "bm-listed-country"),
          el(
            "ul",
            "bm-group",
            ...incidents.map((one) =>
              el(
                "li",
                {},
                incidentButton(one, atlas.book, () => atlas.store.select(one.id), "bm-line-button bm-listed"),
              ),
            ),
          ),
        ),
      ),
    );
    mark();
  };
  const mark = (): void => {
    for (const node of list.querySelectorAll<HTMLElement>(".bm-listed")) {
      node.classList.toggle("bm-selected", node.dataset["eventId"] === atlas.store.get().selected);
    }
  };
  atlas.store.subscribe((_, change) => (change.has("on") ? refresh() : change.has("selected") && mark()));
  refresh();
  return element;
}

function byCountry({ book, store }: Atlas): Map<string, Incident[]> {
  const groups = new Map<string, Incident[]>();
  for (const incident of book.incidents) {
    const standing = standingOf(book, incident);
    if (standing.kind !== "listed" || !isShown(incident, store.get().on)) continue;
    const name = standing.label || standing.country || "Place not stated";
    groups.set(name, [...(groups.get(name) ?? []), incident]);
  }
  return groups;
}
