// One list of checkboxes with live counts. Rows are kept and moved, never made anew, so the focus stays where it is.

import { button, el, fill } from "../dom.ts";
import type { Count, WordDimension } from "./dimensions.ts";
import { countSaid, countWords, FacetWords, FEW, type Label, noteWords, ORDERS } from "./facetwords.ts";
import type { Filters } from "./filters.ts";
import { switchLine } from "../page/switches.ts";
import { paced } from "./pace.ts";
import { count, thousands } from "../text.ts";

/** What lists need of the page. `word` is "" for "not stated"; of a party it is the name alone. */
export interface FacetContext {
  readonly filters: Filters;
  readonly label: Label;
  icon?(dimension: WordDimension, word: string): Element | undefined;
  /** A line in small type below the label. */
  note?(dimension: WordDimension, word: string): string | undefined;
  /** How many incidents there are. */
  readonly n: number;
}

export interface ListOptions {
  readonly title: string;
  /** Whether the title is seen; it is always heard. */
  readonly isTitled?: boolean;
  /** Choices start unticked, and ticking some shows only those. Switches start ticked, and ticking one off hides it. */
  readonly mode?: "choices" | "switches";
  /** Words in the order to list them in, where the count is not the order. */
  readonly order?: readonly string[];
  /** For parties: the roles to list, none for "not stated". */
  readonly roles?: readonly string[];
}

export interface List {
  readonly element: HTMLElement;
  refresh(): void;
}

interface Row {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly seen: Text;
  readonly heard: Text;
}

/** How many are listed at most. */
const MANY = 200;

let number = 0;

/** A list that follows the filters by itself, for the legend. */
export function facetList(context: FacetContext, dimension: WordDimension, options: ListOptions): HTMLElement {
  const list = makeList(context, dimension, options);
  context.filters.subscribe(paced(() => list.refresh()));
  return list.element;
}

export function makeList(context: FacetContext, dimension: WordDimension, options: ListOptions): List {
  const facet = new FacetWords(context.filters, dimension, context.label, options.roles);
  const rows = new Map<number, Row>();
  // Where some have an icon, the others keep its room: the labels stand in one line.
  const hasIcons = facet.inUse.slice(0, MANY).some((entry) => context.icon?.(dimension, facet.words(entry)[0] ?? ""));
  const items = el("div", "bm-facet-items");
  const note = el("p", { class: "bm-quiet bm-facet-note", "aria-live": "polite" });
  const element = el(
    "fieldset",
    "bm-switches bm-facet-list",
    el("legend", options.isTitled === false ? "bm-hidden" : {}, options.title),
  );
  const refresh = (): void => {
    const counts = facet.counts();
    const found = facet.search(more.query());
    const limit = more.isOpen() ? MANY : FEW;
    const order = options.order ?? ORDERS[dimension];
    const listed = facet.ranked(found ?? facet.inUse, counts, limit, order);
    const kept = found ? [] : alsoListed(facet, listed, rows, context.filters);
    const shown = kept.length ? facet.ranked([...listed, ...kept], counts, listed.length + kept.length, order) : listed;
    for (const entry of shown) {
      const row = rows.get(entry) ?? makeRow(context, facet, entry, options, hasIcons);
      rows.set(entry, row);
      renew(row, { certain: counts.certain[entry]!, possible: counts.possible[entry]! });
      row.input.checked = isTicked(context.filters, facet, entry, options);
    }
    arrange(items, rows, shown);
    forget(rows, items);
    const text = noteWords(found, facet.inUse.length, shown.length, limit);
    if (note.textContent !== text) note.textContent = text;
    note.hidden = !text;
  };
  const more = makeMore(options.title, facet.inUse, refresh);
  element.append(more.search, items, note, more.button);
  refresh();
  return { element, refresh };
}

/** Entries that stay listed whatever their rank: those ticked, the one that has the focus, and "not stated". */
function alsoListed(facet: FacetWords, listed: readonly number[], rows: ReadonlyMap<number, Row>, filters: Filters): number[] {
  const chosen = filters.chosen(facet.dimension);
  const known = new Set(listed);
  const focused = [...rows].find(([, { input }]) => input === document.activeElement)?.[0];
  // Where very many are chosen (a switch ticked off among thousands) the ranking alone decides.
  const ticked = chosen && chosen.size <= MANY ? facet.entries(chosen) : [];
  if (focused !== undefined) ticked.push(focused);
  if (facet.inUse[0] === 0) ticked.push(0);
  return [...new Set(ticked)].filter((entry) => !known.has(entry));
}

function makeRow(context: FacetContext, facet: FacetWords, entry: number, options: ListOptions, hasIcons: boolean): Row {
  const id = `bm-facet-${++number}`;
  const word = facet.words(entry)[0] ?? "";
  const input = el("input", { type: "checkbox", id });
  input.dataset["key"] = `${facet.dimension}:${word}`;
  input.addEventListener("change", () => tick(context.filters, facet, entry, input.checked, options));
  const seen = document.createTextNode("");
  const heard = document.createTextNode("");
  const icon = context.icon?.(facet.dimension, word);
  const element = switchLine(
    input,
    hasIcons ? el("span", "bm-switch-icon", icon) : null,
    { label: facet.label(entry), note: context.note?.(facet.dimension, word) },
    el("span", { class: "bm-count", dir: "auto", "aria-hidden": "true" }, seen),
    el("span", "bm-hidden", heard),
  );
  return { element, input, seen, heard };
}

function renew({ element, seen, heard }: Row, live: Count): void {
  seen.data = countWords(live);
  heard.data = ` ${countSaid(live)}`;
  element.classList.toggle("bm-facet-none", live.certain + live.possible === 0);
}

function isTicked(filters: Filters, facet: FacetWords, entry: number, { mode }: ListOptions): boolean {
  const chosen = filters.chosen(facet.dimension);
  return chosen ? facet.words(entry).some((word) => chosen.has(word)) : mode === "switches";
}

/** No filter is the same as every switch on, and as no choice made. */
function tick(filters: Filters, facet: FacetWords, entry: number, on: boolean, { mode }: ListOptions): void {
  const { dimension } = facet;
  const all = mode === "switches" ? filters.inUse(dimension) : [];
  const next = new Set(filters.chosen(dimension) ?? all);
  for (const word of facet.words(entry)) {
    if (on) next.add(word);
    else next.delete(word);
  }
  const isAll = mode === "switches" ? all.every((word) => next.has(word)) : next.size === 0;
  filters.choose(dimension, isAll ? null : next);
}

/** Puts the rows into this order; those that stand right are not touched, and the focus is given back if it was lost. */
function arrange(items: HTMLElement, rows: ReadonlyMap<number, Row>, shown: readonly number[]): void {
  const active = document.activeElement;
  const wanted = shown.map((entry) => rows.get(entry)!.element);
  const keep = new Set<Element>(wanted);
  for (const child of [...items.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((element, at) => {
    if (items.children[at] !== element) items.insertBefore(element, items.children[at] ?? null);
  });
  if (active instanceof HTMLElement && active !== document.activeElement && items.contains(active)) {
    active.focus({ preventScroll: true });
  }
}

/** Rows that left the list are kept for their return, but not thousands of them. */
function forget(rows: Map<number, Row>, items: HTMLElement): void {
  if (rows.size < 5 * MANY) return;
  for (const [entry, { element }] of rows) if (element.parentNode !== items) rows.delete(entry);
}

interface More {
  readonly button: HTMLButtonElement;
  readonly search: HTMLElement;
  isOpen(): boolean;
  query(): string;
}

/** "Show all 1,234" with the search box that it opens. */
function makeMore(title: string, inUse: readonly number[], refresh: () => void): More {
  const all = inUse.length;
  const id = `bm-facet-search-${++number}`;
  const input = el("input", { type: "search", id, class: "bm-facet-search-box", dir: "auto" });
  input.autocomplete = "off";
  input.spellcheck = false;
  input.addEventListener("input", paced(refresh));
  const label = el("label", { for: id }, `Find in ${count(all, "entry", "entries")}`);
  const search = el("div", { class: "bm-facet-search", hidden: "" }, label, input);
  let isOpen = false;
  const toggle = button({ class: "bm-text-button bm-facet-more", "aria-expanded": "false" }, () => {
    isOpen = !isOpen;
    if (!isOpen) input.value = "";
    search.hidden = !isOpen;
    toggle.setAttribute("aria-expanded", String(isOpen));
    name();
    refresh();
  });
  const name = (): void =>
    fill(toggle, isOpen ? "Show fewer" : `Show all ${thousands(all)}`, el("span", "bm-hidden", `: ${title}`));
  name();
  toggle.hidden = all - (inUse[0] === 0 ? 1 : 0) <= FEW;
  return { button: toggle, search, isOpen: () => isOpen, query: () => (isOpen ? input.value : "") };
}
