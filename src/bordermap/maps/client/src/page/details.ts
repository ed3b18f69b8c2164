// The parts of an incident's card above and below the ledger: facts, figures by claim, reported places.

import type { Book } from "../incidents/book.ts";
import { el, words } from "../dom.ts";
import { roleMark } from "../map/marks.ts";
import type { Incident } from "../incidents/book.ts";
import type { Claim, Figure, Loc } from "../payload.ts";
import { symbol } from "../map/symbols.ts";
import { capital, joinWords, plainWords, sentence } from "../text.ts";

export function heading(incident: Incident, book: Book): HTMLElement {
  return el(
    "div",
    "bm-card-heading",
    symbol(incident.type, incident.status, book.colourBy, 26),
    el("h2", { dir: "auto", tabindex: "-1" }, incident.title),
  );
}

/** The status in words, never the bare word. */
export function statusLine(incident: Incident): HTMLElement {
  const said = incident.statusWords || plainWords(incident.status) || "status not stated";
  const about = incident.disputedAbout.map(plainWords);
  return el(
    "p",
    { class: "bm-status-line", dir: "auto" },
    el("span", {}, sentence(capital(said))),
    about.length ? el("span", {}, ` Parties disagree about ${joinWords(about)}.`) : null,
    incident.unattributed ? el("span", {}, " No named voice stands behind it.") : null,
  );
}

export function facts(incident: Incident, book: Book): HTMLElement {
  const { standing } = incident;
  const shape = standing.kind === "listed" ? undefined : book.shape(standing.shape);
  const rows: [string, ...(string | undefined)[]][] = [
    ["Date", incident.dateLabel],
    [
      "Where",
      incident.where || (standing.kind === "listed" ? standing.label : "") || "not stated",
      precision(incident),
      shape?.note,
    ],
    ["Distance", incident.distance],
    ["Type", incident.typeLabel],
    ["Responsibility", incident.responsibility],
  ];
  return el(
    "dl",
    "bm-facts",
    ...rows.flatMap(([name, first, ...more]) =>
      first
        ? [
            el("dt", {}, name),
            el(
              "dd",
              { dir: "auto" },
              capital(first),
              ...more.filter(Boolean).map((text) => words(capital(text ?? ""), "span", "bm-quiet")),
            ),
          ]
        : [],
    ),
  );
}

function precision({ standing, precisionLabel }: Incident): string {
  const drawn =
    standing.kind === "areal" ? "drawn as an area, not as a point" : standing.kind === "listed" ? "listed, not drawn" : "";
  return [precisionLabel && `reported as precisely as: ${precisionLabel}`, drawn].filter(Boolean).join("; ");
}

/** Reported numbers stay with the claim that gives them; nothing is added up. */
export function figures(incident: Incident): HTMLElement | null {
  if (!incident.figures.length) return null;
  const claims = new Map(incident.claims.map((claim) => [claim.id, claim]));
  const byClaimant = new Map<string, Set<string>>();
  for (const figure of incident.figures) {
    const name = nameOf(claims.get(figure.claimId));
    byClaimant.set(name, (byClaimant.get(name) ?? new Set()).add(figureText(figure)));
  }
  return section(
    "Reported figures, by claim",
    el(
      "table",
      "bm-figures",
      el(
        "tbody",
        {},
        ...[...byClaimant].map(([name, given]) =>
          el("tr", {}, el("th", { scope: "row" }, words(name)), el("td", {}, ...[...given].map((one) => words(one, "div")))),
        ),
      ),
    ),
  );
}

function figureText({ what, side, nationality, text }: Figure): string {
  const who = [side === "civilians" ? "civilians" : "", nationality].filter(Boolean).join(", ");
  return `${plainWords(what)}: ${text || "unknown"}${who ? ` (${who})` : ""}`;
}

function nameOf(claim: Claim | undefined): string {
  return claim ? `${claim.partyName || claim.party}, ${claim.dateLabel}` : "claim not stated";
}

export function places(incident: Incident): HTMLElement | null {
  if (!incident.locations.length) return null;
  return section("Reported places", el("ul", "bm-places", ...incident.locations.map(placeEntry)));
}

function placeEntry(loc: Loc): HTMLElement {
  const drawn = loc.drawn.kind === "words" ? "in words only" : "";
  const notes = [loc.precisionLabel, loc.basisLabel && loc.basisLabel !== "none" ? `located by: ${loc.basisLabel}` : "", drawn]
    .filter(Boolean)
    .join(" · ");
  return el(
    "li",
    {},
    roleMark(loc.role),
    el(
      "div",
      {},
      el(
        "p",
        { dir: "auto" },
        el("strong", {}, `${capital(loc.roleLabel || plainWords(loc.role))}: `),
        loc.words || "not stated",
      ),
      words([loc.partyName && `according to ${loc.partyName}`, notes].filter(Boolean).join(" · "), "p", "bm-quiet"),
      loc.note ? words(sentence(loc.note), "p", "bm-quiet") : null,
    ),
  );
}

export function section(title: string, ...content: (Node | null)[]): HTMLElement {
  return el("section", "bm-section", el("h3", {}, title), ...content);
}

export function notes(text: string): HTMLElement | null {
  return text ? section("Notes", words(text, "p", "bm-notes")) : null;
}
