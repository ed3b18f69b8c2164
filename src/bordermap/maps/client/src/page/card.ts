// The card: one incident with its ledger, the incidents behind a badge, or a context entry.

import type { Atlas } from "../atlas.ts";
import type { Incident } from "../incidents/book.ts";
import { button, el, fill, words } from "../dom.ts";
import { facts, figures, heading, notes, places, section, statusLine } from "./details.ts";
import { contextMark } from "../map/marks.ts";
import { ledger, sourceEntry } from "./ledger.ts";
import { nearInPlace, nearInTime, type Neighbour } from "../incidents/near.ts";
import type { ContextItem } from "../payload.ts";
import { symbol } from "../map/symbols.ts";
import { isCardChange, NONE } from "../store.ts";
import { capital, count, sentence, thousands } from "../text.ts";
import { nextUnit, unitParts, unitPlace } from "../counts/unitcard.ts";
import { place, step as stepped } from "../incidents/walk.ts";

export interface Card {
  element: HTMLElement;
  /** Moves on by date among the incidents shown: 1 or -1. */
  step(by: number): void;
  close(): void;
}

export function makeCard(atlas: Atlas): Card {
  const { store, book } = atlas;
  const body = el("div", { class: "bm-card-body", tabindex: "0" });
  const position = el("span", "bm-card-place");
  const step = (by: number): void => {
    const unit = store.get().unit || !book.n ? nextUnit(atlas, by) : undefined;
    return unit ? store.selectUnit(unit.id) : store.select(stepped(atlas, by));
  };
  const close = (): void => store.close();
  const back = button({ class: "bm-text-button bm-back", hidden: "" }, () => store.set({ selected: NONE }), "‹ Back to the list");
  const previous = button({ class: "bm-icon-button", "aria-label": "Previous incident" }, () => step(-1), arrow("bm-arrow-back"));
  const next = button({ class: "bm-icon-button", "aria-label": "Next incident" }, () => step(1), arrow("bm-arrow-on"));
  const element = el(
    "section",
    { class: "bm-card", "aria-label": "Details", hidden: "" },
    el(
      "div",
      "bm-card-bar",
      position,
      back,
      el("span", "bm-spring"),
      previous,
      next,
      button(
        { class: "bm-icon-button", "aria-label": "Close details" },
        close,
        el("span", { class: "bm-cross", "aria-hidden": "true" }),
      ),
    ),
    body,
  );
  const refresh = (): void => {
    const { selected, group, context } = store.get();
    const { unit } = atlas;
    const item = book.context.find((one) => one.id === context);
    element.hidden = !store.isOpen();
    back.hidden = !(selected !== NONE && group.includes(selected));
    previous.hidden = next.hidden = selected === NONE && !unit;
    position.textContent = unit ? unitPlace(atlas, unit) : selected !== NONE && back.hidden ? place(atlas, selected) : "";
    const what = unit?.kind === "cell" ? "cell" : unit ? "stretch" : "incident";
    previous.setAttribute("aria-label", `Previous ${what}`);
    next.setAttribute("aria-label", `Next ${what}`);
    if (selected !== NONE) fill(body, ...incidentParts(book.incident(selected), atlas));
    else if (item) fill(body, ...contextParts(item, atlas));
    else if (unit) fill(body, ...unitParts(unit, atlas));
    else if (group.length) fill(body, ...groupParts(atlas));
    body.scrollTop = 0;
    unpack(atlas, refresh);
  };
  store.subscribe((_, change) => isCardChange(change) && refresh());
  refresh();
  return { element, step, close };
}

/** Draws the card again when the words that it lacks are unpacked, if it is still the same. */
function unpack({ book, store }: Atlas, again: () => void): void {
  const before = store.get();
  const rows = before.selected === NONE ? before.group : [before.selected];
  if (rows.every((row) => book.hasWords(row))) return;
  const focused = document.activeElement?.closest(".bm-card-heading") !== null;
  void book.load(rows).then(() => {
    if (store.get().selected !== before.selected || store.get().group !== before.group) return;
    again();
    if (focused) document.querySelector<HTMLElement>(".bm-card h2")?.focus({ preventScroll: true });
    performance.mark("bordermap:card");
  });
}

function arrow(className: string): HTMLElement {
  return el("span", { class: `bm-arrow ${className}`, "aria-hidden": "true" });
}

function incidentParts(incident: Incident, atlas: Atlas): (Node | null)[] {
  const { book } = atlas;
  return [
    heading(incident, book),
    statusLine(incident),
    facts(incident, book),
    figures(incident),
    section(`Who said what: ${count(incident.claims.length, "claim")}`, ledger(incident.claims, book)),
    places(incident),
    notes(incident.notes),
    neighbours("Before and after", nearInTime(book, incident.row), atlas),
    neighbours("Nearest in place", nearInPlace(book, incident.row), atlas),
  ];
}

function neighbours(title: string, found: readonly Neighbour[], atlas: Atlas): HTMLElement | null {
  if (!found.length) return null;
  const { book, store } = atlas;
  const list = el("ul", "bm-group");
  const fillList = (): void =>
    fill(
      list,
      ...found.map(({ row, km }) => {
        const line = incidentButton(book.incident(row), book, () => store.select(row));
        line.querySelector(".bm-line-date")?.prepend(km === undefined ? "" : `${away(km)} · `);
        return el("li", {}, line);
      }),
    );
  fillList();
  if (!found.every(({ row }) => book.hasWords(row))) void book.load(found.map(({ row }) => row)).then(fillList);
  return section(title, list);
}

function away(km: number): string {
  return km < 0.05 ? "same place" : km < 10 ? `about ${km.toFixed(1)} km away` : `about ${thousands(km)} km away`;
}

function contextParts(item: ContextItem, { book }: Atlas): (Node | null)[] {
  return [
    el("div", "bm-card-heading", contextMark(26), el("h2", { dir: "auto", tabindex: "-1" }, item.title)),
    el("p", "bm-status-line", `Context: ${item.kindLabel}. It has no status and no part in any count.`),
    el(
      "dl",
      "bm-facts",
      el("dt", {}, "Date"),
      el("dd", {}, words(item.dateLabel || "not stated")),
      el("dt", {}, "Where"),
      el("dd", {}, words(capital(item.place || "not stated"))),
    ),
    item.summary ? words(sentence(item.summary), "p", "bm-summary") : null,
    item.claims.length ? section("Who said what", ledger(item.claims, book, false)) : null,
    item.sources?.length ? section("Sources", ledgerSources(item.sources, book)) : null,
  ];
}

function ledgerSources(ids: readonly string[], book: Atlas["book"]): HTMLElement {
  return el("ul", "bm-sources", ...ids.map((id) => sourceEntry(id, book)));
}

function groupParts({ book, store }: Atlas): Node[] {
  const { group, groupLabel, groupSize } = store.get();
  const isArea = group.every((row) => book.standing(row).kind === "areal");
  const said = isArea ? ", reported no more precisely than this" : "";
  const more = groupSize > group.length ? ` The first ${thousands(group.length)} by date are listed; zoom in or filter for the rest.` : "";
  return [
    el("div", "bm-card-heading", el("h2", { dir: "auto", tabindex: "-1" }, capital(groupLabel))),
    el("p", "bm-status-line", `${count(groupSize, "incident")}${said}.${more}`),
    el(
      "ul",
      "bm-group",
      ...group.map((row) =>
        el(
          "li",
          {},
          incidentButton(book.incident(row), book, () => store.select(row)),
        ),
      ),
    ),
  ];
}

/** An incident as one line to click: symbol, title, date. */
export function incidentButton(
  incident: Incident,
  book: Atlas["book"],
  onClick: () => void,
  className = "bm-line-button",
): HTMLButtonElement {
  const node = button(
    { class: className },
    onClick,
    symbol(incident.type, incident.status, book.colourBy, 18),
    el("span", {}, words(incident.title, "span", "bm-line-title"), words(incident.dateLabel, "span", "bm-line-date")),
  );
  node.dataset["eventId"] = incident.id;
  node.dataset["row"] = String(incident.row);
  return node;
}
