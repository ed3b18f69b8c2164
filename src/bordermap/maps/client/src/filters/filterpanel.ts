// The filters of a page: its facets and chips, with the page's own words for the codes.

import type { Atlas } from "../atlas.ts";
import type { Book } from "../incidents/book.ts";
import { pointless } from "../incidents/shapegroups.ts";
import { makeChips } from "./chips.ts";
import { el } from "../dom.ts";
import { facetList, makeFacets, type FacetContext } from "./facets.ts";
import type { Dimension } from "./filters.ts";
import { symbol, typeGlyph } from "../map/symbols.ts";

const DEATHS: Record<string, string> = {
  "0": "none",
  "1-4": "1 to 4",
  "5-24": "5 to 24",
  "25-99": "25 to 99",
  "100+": "100 or more",
};

export function filterPart(atlas: Atlas): HTMLElement | null {
  if (!atlas.book.n) return null;
  return makeFacets(context(atlas));
}

/** The statuses: what the legend shows of them is what switches them. */
export function statusGroup(atlas: Atlas): HTMLElement | null {
  return atlas.book.n ? facetList(context(atlas), "status", { title: "Status: who says so", mode: "switches", order: statuses(atlas.book) }) : null;
}

export function chipsOf(atlas: Atlas): HTMLElement {
  if (!atlas.book.n) return el("div");
  const { book } = atlas;
  const unplaced = (): number => pointless(book).listed.filter((row) => book.isShown(row)).length;
  const line = (key: string): string => book.lines.find((one) => one.key === key)?.label ?? key;
  return makeChips({ ...context(atlas), unplaced, line, home: () => atlas.map.getContainer() });
}

/** How many incidents stand at a point, for an area or a stretch, or in a list only. */
export function kinds(book: Book): { point: number; areal: number; listed: number } {
  const { areal, listed } = pointless(book);
  return { point: book.n - areal.length - listed.length, areal: areal.length, listed: listed.length };
}

function statuses(book: Book): string[] {
  return book.statuses.map(({ key }) => key);
}

function context({ book }: Atlas): FacetContext {
  return {
    filters: book.filters,
    n: book.n,
    label: (dimension, word) => labelOf(book, dimension, word),
    note: (dimension, word) =>
      dimension === "status" ? book.statuses.find(({ key }) => key === word)?.meaning : undefined,
    icon: (dimension, word) =>
      dimension === "status"
        ? symbol("cross_border_fire", word, "status", 18)
        : dimension === "type"
          ? typeGlyph(word, 16, book.colourBy)
          : undefined,
  };
}

export function labelOf(book: Book, dimension: Dimension, word: string): string {
  if (!word) return "not stated";
  if (dimension === "status") return book.label(book.statuses, word);
  if (dimension === "type") return book.label(book.types, word);
  if (dimension === "precision") return book.label(book.precisions, word);
  if (dimension === "stretch") return book.label(book.stretches, word);
  if (dimension === "deaths") return DEATHS[word] ?? word;
  return word;
}
