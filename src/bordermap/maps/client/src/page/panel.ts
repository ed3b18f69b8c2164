// The panel at the start of the line: title, dates, legend, the box of what is not drawn, layers, about.

import { about } from "./about.ts";
import type { Atlas } from "../atlas.ts";
import { button, el, words } from "../dom.ts";
import { chipsOf, filterPart, kinds } from "../filters/filterpanel.ts";
import { KEYS } from "./keyboard.ts";
import { legend } from "./legend.ts";
import { listedBox } from "./listed.ts";
import type { Page } from "../payload.ts";
import { switchGroup } from "./switches.ts";
import { tallySum, unplacedBox } from "../counts/tallylegend.ts";
import { count, joinWords, sentence, thousands } from "../text.ts";

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
  const aboutBox = folding("About this map", "bm-about-part", about(page, atlas.borders, atlas.book.n ? KEYS : []));
  const close = button(
    { class: "bm-icon-button bm-sheet-close", "aria-label": "Close" },
    () => atlas.store.set({ sheet: "" }),
    el("span", { class: "bm-cross", "aria-hidden": "true" }),
  );
  const parts = [legend(atlas), filterPart(atlas), unplacedBox(atlas), listedBox(atlas), layers, aboutBox];
  const scroll = el("div", { class: "bm-scroll", tabindex: "-1" }, close, ...parts);
  atlas.store.subscribe((state, change) => {
    if (!change.has("sheet")) return;
    if (state.sheet === "layers") layers.open = true;
    if (state.sheet === "about") aboutBox.open = true;
  });
  return { element: el("aside", { class: "bm-side", "aria-label": "Title, legend and layers" }, title, chipsOf(atlas), scroll), title, scroll };
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

/** One sentence that adds up: where each incident is to be found. */
function sum({ book }: Atlas): string {
  if (!book.n) return "No incidents are recorded here.";
  const { point, areal, listed } = kinds(book);
  const parts = [
    point ? `${thousands(point)} at a place` : "",
    areal ? `${thousands(areal)} as an area or a stretch of border` : "",
    listed ? `${thousands(listed)} listed only` : "",
  ].filter(Boolean);
  return `${count(book.n, "incident")}: ${joinWords(parts)}.`;
}

function folding(title: string, className: string, ...content: (Node | null)[]): HTMLDetailsElement {
  return el("details", `bm-part bm-folding ${className}`, el("summary", {}, el("h2", {}, title)), ...content);
}
