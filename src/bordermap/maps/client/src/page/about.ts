// About this map: method, coverage and what is not covered, sources, licences, version, contact.

import { el, safeUrl, words } from "../dom.ts";
import { lineNote } from "../map/lines.ts";
import type { BorderLine, Page } from "../payload.ts";
import { count, sentence } from "../text.ts";

export function about(page: Page, borders: readonly BorderLine[], keys: readonly string[] = []): HTMLElement {
  const coverage = page.coverage ?? [];
  return el(
    "div",
    "bm-about",
    page.method ? words(sentence(page.method), "p") : null,
    coverage.length
      ? el("dl", "bm-facts", ...coverage.flatMap(({ label, text }) => [el("dt", {}, label), el("dd", {}, words(text))]))
      : null,
    borders.length ? lines(borders) : null,
    page.counts?.sources
      ? el("p", {}, `The claims rest on ${count(page.counts.sources, "source")}, each linked where it is cited.`)
      : null,
    (page.credits ?? []).length
      ? el(
          "ul",
          "bm-credits",
          ...page.credits.map(({ text, licence }) =>
            el("li", {}, words(text), licence ? words(` (${licence})`, "span", "bm-quiet") : null),
          ),
        )
      : null,
    el("p", {}, words(page.endorsement ?? "")),
    page.contact ? el("p", {}, "Corrections: ", contact(page.contact)) : null,
    keys.length
      ? el("dl", "bm-facts bm-keys", el("dt", {}, "Keys"), ...keys.map((text) => el("dd", {}, text)))
      : null,
    el("p", "bm-quiet", words([page.version && `Casebook ${page.version}`, page.software].filter(Boolean).join(" · "))),
  );
}

function lines(borders: readonly BorderLine[]): HTMLElement {
  return el(
    "dl",
    "bm-facts",
    el("dt", {}, "The lines"),
    ...borders.map((line) => {
      const text = [lineNote(line), line.statusBy, line.note].filter(Boolean).map(sentence).join(" ");
      return el("dd", {}, words(`${line.name}: ${text}`));
    }),
  );
}

function contact(text: string): HTMLElement {
  const address = safeUrl(text) || (/^[^\s@<>"?&]+@[^\s@<>"?&]+\.[^\s@<>"?&]+$/.test(text) ? `mailto:${text}` : "");
  if (!address) return words(text);
  const link = el("a", { href: address, dir: "auto" }, text);
  link.rel = "noopener noreferrer";
  link.target = "_blank";
  return link;
}
