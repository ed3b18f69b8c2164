// The panel at the start of the line: title, dates, legend, the box of what is not drawn, layers, about.

import { about } from "./about.ts";
import type { Atlas } from "./atlas.ts";
import { standingOf } from "./book.ts";
import { button, el, words } from "./dom.ts";
import { legend } from "./legend.ts";
import { listedBox } from "./listed.ts";
import type { Page } from "./payload.ts";
import { switchGroup } from "./switches.ts";
import { tallySum, unplacedBox } from "./tallylegend.ts";
import { count, joinWords, sentence } from "./text.ts";

const GROUPS = ["Counts", "Reported places", "Context", "Borders", "Base map"];
const TITLES: Record<string, string> = {
  Borders: "Borders, by neighbour",
  "Reported places": "Reported places of all incidents (those of the selected one always show)",
};

export interface Panel {
  element: HTMLElement;
  title: HTMLElement;
  scroll: HTMLElement;
}

export function makePanel(atlas: Atlas, page: Page): Panel {
  const title = masthead(atlas, page);
  const layers = folding(
    "Layers",
    "bm-layers",
    ...GROUPS.map((group) =>
      switchGroup(
        atlas,
        TITLES[group] ?? group,
        atlas.switches.filter((one) => one.group === group),
      ),
    ),
  );
  const aboutBox = folding("About this map", "bm-about-part", about(page, atlas.borders));
  const close = button(
    { class: "bm-icon-button bm-sheet-close", "aria-label": "Close" },
    () => atlas.store.set({ sheet: "" }),
    el("span", { class: "bm-cross", "aria-hidden": "true" }),
  );
  const parts = [legend(atlas), unplacedBox(atlas), listedBox(atlas), layers, aboutBox];
  const scroll = el("div", { class: "bm-scroll", tabindex: "-1" }, close, ...parts);
  atlas.store.subscribe((state, change) => {
    if (!change.has("sheet")) return;
    if (state.sheet === "layers") layers.open = true;
    if (state.sheet === "about") aboutBox.open = true;
  });
  return { element: el("aside", { class: "bm-side", "aria-label": "Title, legend and layers" }, title, scroll), title, scroll };
}

function masthead(atlas: Atlas, page: Page): HTMLElement {
  const more = el(
    "div",
    { class: "bm-masthead-more", id: "bm-more" },
    page.subtitle ? words(sentence(page.subtitle), "p", "bm-standfirst") : null,
    words(dates(page), "p", "bm-dates"),
    ...sums(atlas).map((text) => words(text, "p", "bm-sum")),
  );
  const element = el(
    "header",
    "bm-masthead",
    words("Reported border incidents", "p", "bm-kicker"),
    el("h1", { dir: "auto" }, page.title),
    more,
  );
  const toggle = button(
    { class: "bm-icon-button bm-expand", "aria-label": "About the title", "aria-expanded": "false", "aria-controls": "bm-more" },
    () => {
      const open = element.classList.toggle("bm-expanded");
      toggle.setAttribute("aria-expanded", String(open));
    },
    el("span", { class: "bm-chevron", "aria-hidden": "true" }),
  );
  element.append(toggle);
  return element;
}

function dates(page: Page): string {
  return [
    page.period,
    page.compiledThrough && `Compiled through ${page.compiledThrough}`,
    page.statusAsOf && `status as of ${page.statusAsOf}`,
  ]
    .filter(Boolean)
    .join("; ");
}

function sums(atlas: Atlas): string[] {
  const counted = atlas.tallies.map(tallySum);
  return counted.length && !atlas.incidents.length ? counted : [...counted, sum(atlas)];
}

/** One sentence that adds up: statuses, and where each incident is to be found. */
function sum({ book }: Atlas): string {
  const total = book.incidents.length;
  if (!total) return "No incidents are recorded in this casebook.";
  const kinds = { point: 0, areal: 0, listed: 0 };
  for (const incident of book.incidents) kinds[standingOf(book, incident).kind]++;
  const parts = [
    kinds.point ? `${kinds.point} at a place` : "",
    kinds.areal ? `${kinds.areal} as an area or a stretch of border` : "",
    kinds.listed ? `${kinds.listed} listed only` : "",
  ].filter(Boolean);
  return `${count(total, "incident")}: ${joinWords(parts)}.`;
}

function folding(title: string, className: string, ...content: (Node | null)[]): HTMLDetailsElement {
  return el("details", `bm-part bm-folding ${className}`, el("summary", {}, el("h2", {}, title)), ...content);
}
