// What is known only to a country, or not even that: listed, because nothing on the map would be true.

import type { Atlas } from "../atlas.ts";
import { pointless } from "../incidents/shapegroups.ts";
import { incidentButton } from "./card.ts";
import { button, el, fill, words } from "../dom.ts";
import { LISTED } from "../store.ts";
import { thousands } from "../text.ts";


interface Country {
  rows: number[];
  count: number;
}

export function listedBox(atlas: Atlas): HTMLElement {
  const { book, store } = atlas;
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
    fill(list, ...[...groups].map(([country, found]) => countryPart(atlas, country, found)));
    mark();
  };
  const mark = (): void => {
    for (const node of list.querySelectorAll<HTMLElement>(".bm-listed"))
      node.classList.toggle("bm-selected", node.dataset["row"] === String(store.get().selected));
  };
  store.subscribe((_, change) => change.has("selected") && mark());
  let later = 0;
  book.filters.subscribe(() => {
    if (book.isSmall) return refresh();
    window.clearTimeout(later);
    later = window.setTimeout(refresh, 150);
  });
  refresh();
  return element;
}

/** The incidents of a country; of a large page only how many there are, and the way to their list. */
function countryPart(atlas: Atlas, country: string, { rows, count }: Country): HTMLElement {
  const { book, store } = atlas;
  if (!book.isSmall)
    return button(
      { class: "bm-line-button", dir: "auto" },
      () => store.selectGroup(rows, `Known only to a country: ${country}`, count),
      words(country, "span", "bm-listed-name"),
      el("span", "bm-spring"),
      el("span", "bm-count", thousands(count)),
    );
  return el(
    "div",
    {},
    words(country, "p", "bm-listed-country"),
    el(
      "ul",
      "bm-group",
      ...rows.map((row) =>
        el(
          "li",
          {},
          incidentButton(book.incident(row), book, () => store.select(row), "bm-line-button bm-listed"),
        ),
      ),
    ),
  );
}

/** The rows that are listed only, by the name of their country, in the order of dates. */
function byCountry({ book }: Atlas): Map<string, Country> {
  const groups = new Map<string, Country>();
  for (const row of pointless(book).listed) {
    if (!book.isShown(row)) continue;
    const standing = book.standing(row);
    const name = (standing.kind === "listed" && (standing.label || standing.country)) || "Place not stated";
    const group = groups.get(name) ?? { rows: [], count: 0 };
    if (book.isSmall || group.rows.length < LISTED) group.rows.push(row);
    group.count++;
    groups.set(name, group);
  }
  return groups;
}
