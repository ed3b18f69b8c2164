// The page round the map.

import type { Atlas } from "../atlas.ts";
import { makeCard } from "./card.ts";
import { announce, clearKey } from "../filters/chips.ts";
import { makeDock } from "../strips/dock.ts";
import { el, isPhone, isPrinting } from "../dom.ts";
import { drawAtlas } from "../map/draw.ts";
import { fontsReady } from "./fonts.ts";
import { makeFoot } from "./foot.ts";
import { listenToKeys } from "./keyboard.ts";
import { makePanel } from "./panel.ts";
import type { Page } from "../payload.ts";
import { listenToPrint } from "./print.ts";
import { isCardChange, NONE } from "../store.ts";
import { makeTable } from "../table/table.ts";
import { unitCount } from "../counts/tally.ts";
import { makeTallyTable } from "../counts/tallytable.ts";
import { makeToolbar } from "./toolbar.ts";
import { coveredBy, fit, limit, reveal } from "../map/view.ts";

export function buildPage(atlas: Atlas, page: Page): void {
  const { map, store, book } = atlas;
  const root = document.documentElement;
  const container = map.getContainer();
  root.classList.add("bm-page");
  document.body.classList.add("bm-body");
  const panel = makePanel(atlas, page);
  const card = makeCard(atlas);
  const table = atlas.tallies.length ? makeTallyTable(atlas) : makeTable(atlas);
  const foot = makeFoot(atlas, page);
  const dock = makeDock(atlas);
  const home = (): void => fit(atlas, page, true);
  const tools = makeToolbar(atlas, home, dock);
  const live = el("p", { class: "bm-live", "aria-live": "polite", "aria-atomic": "true" });
  container.setAttribute("role", "region");
  container.setAttribute("aria-label", atlas.tallies.length ? "Map of counts; n and p go through the cells" : "Map of incidents");
  container.before(
    skipLink("bm-table", "Skip to the table", () => store.set({ sheet: "table" })),
    panel.element,
  );
  container.after(card.element, tools.element, ...(dock ? [dock.element] : []), foot, table.element, tools.bar, live);
  atlas.covered = () =>
    coveredBy(map, [
      isPhone() ? panel.title : panel.element,
      isPhone() ? panel.scroll : foot,
      foot,
      ...(dock ? [dock.element] : []),
      card.element,
      tools.element,
      tools.bar,
      table.element,
    ]);
  // The fonts are unpacked while the browser is idle, so it is left idle once: else all would be painted twice.
  void fontsReady().then(() => {
    map.invalidateSize({ animate: false, pan: false });
    limit(atlas, page);
    fit(atlas, page);
    drawAtlas(atlas);
    liftMap(atlas, [table.element, ...(dock ? [dock.element] : [])]);
    announceDrawn(atlas);
  });
  listen(atlas, page, live);
  announce(book.filters, live);
  listenToKeys(
    atlas,
    card,
    {
      map: container,
      sheetOpener: () => (isPhone() ? tools.bar.querySelector<HTMLElement>('[aria-expanded="true"]') : tools.tableButton),
    },
    book.n ? keysOf(atlas, panel.scroll, home, Boolean(dock?.hasBorder)) : {},
  );
  store.subscribe((state, change) => {
    if (!change.has("sheet")) return;
    root.dataset["bmSheet"] = state.sheet;
    if (state.sheet === "table") table.focus();
    else if (state.sheet && isPhone()) panel.scroll.focus();
  });
}

function keysOf(
  { store, book }: Atlas,
  panel: HTMLElement,
  home: () => void,
  hasBorder: boolean,
): Record<string, () => void> {
  return {
    t: () => store.set({ sheet: store.get().sheet === "table" ? "" : "table" }),
    [clearKey]: () => book.filters.clear(),
    h: () => home(),
    f: () => {
      const filters = panel.querySelector<HTMLElement>(".bm-filters");
      if (isPhone()) store.set({ sheet: "filters" });
      filters?.querySelector<HTMLElement>("summary, input, button")?.focus();
    },
    ...(hasBorder ? { b: () => store.set({ border: !store.get().border }) } : {}),
  };
}

function listen(atlas: Atlas, page: Page, live: HTMLElement): void {
  const { map, store, book } = atlas;
  const root = document.documentElement;
  store.subscribe((state, change) => {
    root.classList.toggle("bm-card-open", store.isOpen());
    if (!isCardChange(change)) return;
    const { unit } = atlas;
    const incident = state.selected === NONE ? undefined : book.incident(state.selected);
    const said = unit ? `${unitCount(unit)}. ${unit.label}` : state.groupLabel;
    live.textContent = incident ? `${incident.title}. ${incident.dateLabel}. ${incident.statusWords}` : said;
    requestAnimationFrame(() => reveal(atlas));
  });
  let size = map.getSize();
  map.on("resize", () => {
    // A turned phone or a wide change of the window starts over; a small one keeps what the reader looks at.
    const now = map.getSize();
    if (!isPrinting() && Math.abs(now.x - size.x) > 200) fit(atlas, page);
    size = now;
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => atlas.repaint());
  listenToPrint(atlas, () => fit(atlas, page));
}

/** What stood in the middle of the map stands in the middle of what the sheets at its foot leave free of it. */
function liftMap(atlas: Atlas, sheets: readonly HTMLElement[]): void {
  const { map, store } = atlas;
  const height = (): number => (isPhone() ? 0 : sheets.reduce((sum, { offsetHeight }) => sum + offsetHeight, 0));
  let before: number | undefined;
  // Only once all is drawn: asked earlier, the browser would lay out the page twice.
  void atlas.ready.then(() => requestAnimationFrame(() => (before ??= height())));
  store.subscribe((_, change) => {
    if (!change.has("sheet") && !change.has("border")) return;
    requestAnimationFrame(() => {
      const now = height();
      const by = before === undefined ? 0 : Math.round((now - before) / 2);
      before = now;
      if (by) map.panBy([0, by], { animate: false });
      reveal(atlas);
    });
  });
}

function skipLink(target: string, label: string, onClick: () => void): HTMLElement {
  const link = el("a", { class: "bm-skip", href: `#${target}` }, label);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    onClick();
    document.getElementById(target)?.focus();
  });
  return link;
}

/** Says so to tests and tools once fonts are in and the frame is painted. */
function announceDrawn({ ready }: Atlas): void {
  void ready.then(() =>
    requestAnimationFrame(() => {
      document.documentElement.dataset["bordermap"] = "drawn";
      performance.mark("bordermap:drawn");
    }),
  );
}
