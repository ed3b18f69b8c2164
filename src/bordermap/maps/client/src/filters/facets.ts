// The part "Filters" of the panel: a folding list for each thing that incidents can be filtered by.

import type { WordDimension } from "./dimensions.ts";
import { el } from "../dom.ts";
import { makeList, type FacetContext, type List } from "./facetlist.ts";
import { paced } from "./pace.ts";
import { partyCount, ROLES } from "./parties.ts";
import { thousands } from "../text.ts";

export { facetList, type FacetContext, type ListOptions } from "./facetlist.ts";

/** In the order of the panel. Status is the legend, time and the border are strips of their own. */
const FACETS: readonly { readonly dimension: WordDimension; readonly title: string; readonly help?: string }[] = [
  { dimension: "type", title: "Type of incident" },
  { dimension: "party", title: "Parties", help: "Shows incidents with any of the ticked parties." },
  { dimension: "stretch", title: "Stretch of border" },
  { dimension: "precision", title: "How precisely the place is known" },
  { dimension: "deaths", title: "Reported killed" },
  { dimension: "source", title: "Source" },
];

const HELP =
  "Tick what to show; where nothing is ticked, all are shown. Counts heed every other filter. “Possibly”: date, place or " +
  "figures are not known well enough to say.";

interface Facet {
  readonly element: HTMLDetailsElement;
  refresh(): void;
}

export function makeFacets(context: FacetContext): HTMLElement {
  const facets = FACETS.filter(({ dimension }) => context.filters.has(dimension)).map((one) => makeFacet(context, one));
  const element = el(
    "section",
    { class: "bm-part bm-filters", "aria-label": "Filters" },
    el("h2", {}, "Filters"),
    el("p", "bm-quiet", HELP),
    ...facets.map((facet) => facet.element),
  );
  element.hidden = !facets.length || !context.n;
  context.filters.subscribe(
    paced(() => {
      for (const facet of facets) facet.refresh();
    }),
  );
  return element;
}

/** Lists are made when they are first opened, and counted only while they are open. */
function makeFacet(context: FacetContext, { dimension, title, help }: (typeof FACETS)[number]): Facet {
  const { filters } = context;
  const state = el("span", "bm-facet-state");
  const element = el("details", "bm-facet", el("summary", {}, el("h3", {}, title), state));
  let lists: readonly List[] | undefined;
  let version = -1;
  const refresh = (): void => {
    const chosen = filters.chosen(dimension);
    const size = dimension === "party" ? partyCount(chosen ?? []) : (chosen?.size ?? 0);
    state.textContent = chosen ? `${thousands(size)} chosen` : "";
    if (!element.open || version === filters.version) return;
    version = filters.version;
    if (lists) {
      for (const list of lists) list.refresh();
      return;
    }
    lists = makeLists(context, dimension, title);
    element.append(...(help ? [el("p", "bm-quiet bm-facet-help", help)] : []), ...lists.map((list) => list.element));
  };
  element.addEventListener("toggle", refresh);
  refresh();
  return { element, refresh };
}

function makeLists(context: FacetContext, dimension: WordDimension, title: string): List[] {
  if (dimension !== "party") return [makeList(context, dimension, { title, isTitled: false })];
  const named = ROLES.map((role) => ({ title: role.title, roles: role.roles }));
  return [...named, { title: "No party stated", roles: [], isTitled: false }]
    .map((options) => makeList(context, dimension, options))
    .filter(({ element }) => element.querySelector("input[type=checkbox]") !== null);
}
