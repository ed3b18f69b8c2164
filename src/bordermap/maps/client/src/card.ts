// The card: one incident with its ledger, the incidents behind a badge, or a context entry.

import type { Atlas } from "./atlas.ts";
import { isShown } from "./book.ts";
import { button, el, fill, words } from "./dom.ts";
import { facts, figures, heading, notes, places, section, statusLine } from "./details.ts";
import { contextMark } from "./marks.ts";
import { ledger, sourceEntry } from "./ledger.ts";
import type { ContextItem, Incident } from "./payload.ts";
import { symbol } from "./symbols.ts";
import { isCardChange } from "./store.ts";
import { capital, count, sentence } from "./text.ts";
import { nextUnit, unitParts, unitPlace } from "./unitcard.ts";

export interface Card {
  element: HTMLElement;
  /** Moves on by date among the incidents shown: 1 or -1. */
  step(by: number): void;
  close(): void;
}

export function makeCard(atlas: Atlas): Card {
  const { store } = atlas;
  const body = el("div", { class: "bm-card-body", tabindex: "0" });
  const place = el("span", "bm-card-place");
  const step = (by: number): void => {
    const unit = store.get().unit || !atlas.book.incidents.length ? nextUnit(atlas, by) : undefined;
    return unit ? store.selectUnit(unit.id) : store.select(neighbour(atlas, by));
  };
  const close = (): void => store.select("");
  const back = button({ class: "bm-text-button bm-back", hidden: "" }, () => store.set({ selected: "" }), "‹ Back to the list");
  const previous = button({ class: "bm-icon-button", "aria-label": "Previous incident" }, () => step(-1), arrow("bm-arrow-back"));
  const next = button({ class: "bm-icon-button", "aria-label": "Next incident" }, () => step(1), arrow("bm-arrow-on"));
  const element = el(
    "section",
    { class: "bm-card", "aria-label": "Details", hidden: "" },
    el(
      "div",
      "bm-card-bar",
      place,
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
    const incident = atlas.book.byId.get(selected);
    const { unit } = atlas;
    const item = atlas.book.context.find((one) => one.id === context);
    element.hidden = !store.isOpen();
    back.hidden = !(incident && group.includes(selected));
    previous.hidden = next.hidden = !incident && !unit;
    place.textContent = unit ? unitPlace(atlas, unit) : incident && back.hidden ? position(atlas, selected) : "";
    const what = unit?.kind === "cell" ? "cell" : unit ? "stretch" : "incident";
    previous.setAttribute("aria-label", `Previous ${what}`);
    next.setAttribute("aria-label", `Next ${what}`);
    if (incident) fill(body, ...incidentParts(incident, atlas));
    else if (item) fill(body, ...contextParts(item, atlas));
    else if (unit) fill(body, ...unitParts(unit, atlas));
    else if (group.length) fill(body, ...groupParts(atlas));
    body.scrollTop = 0;
  };
  store.subscribe((_, change) => isCardChange(change) && refresh());
  refresh();
  return { element, step, close };
}

function arrow(className: string): HTMLElement {
  return el("span", { class: `bm-arrow ${className}`, "aria-hidden": "true" });
}

function walk({ book, store }: Atlas): readonly Incident[] {
  const { on, selected, group } = store.get();
  if (group.includes(selected)) return book.incidents.filter((incident) => group.includes(incident.id));
  return book.incidents.filter((incident) => isShown(incident, on) || incident.id === selected);
}

function neighbour(atlas: Atlas, by: number): string {
  const list = walk(atlas);
  const at = list.findIndex((incident) => incident.id === atlas.store.get().selected);
  const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length;
  return list[next]?.id ?? "";
}

function position(atlas: Atlas, id: string): string {
  const list = walk(atlas);
  return `Incident ${list.findIndex((incident) => incident.id === id) + 1} of ${list.length}`;
}

function incidentParts(incident: Incident, { book }: Atlas): (Node | null)[] {
  return [
    heading(incident, book),
    statusLine(incident),
    facts(incident, book),
    figures(incident),
    section(`Who said what: ${count(incident.claims.length, "claim")}`, ledger(incident.claims, book)),
    places(incident),
    notes(incident.notes),
  ];
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
  const { group, groupLabel } = store.get();
  return [
    el("div", "bm-card-heading", el("h2", { dir: "auto", tabindex: "-1" }, capital(groupLabel))),
    el("p", "bm-status-line", `${count(group.length, "incident")}, reported no more precisely than this.`),
    el(
      "ul",
      "bm-group",
      ...book.incidents
        .filter((one) => group.includes(one.id))
        .map((one) =>
          el(
            "li",
            {},
            incidentButton(one, book, () => store.select(one.id)),
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
  return node;
}
