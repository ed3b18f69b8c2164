// An incident of a dataset without a ledger, put together from its columns: one report of one dataset, and no more.

import type { Book } from "./book.ts";
import { pick } from "../dom.ts";
import type { Claim, Figure, Incident, Incidents, Loc, Source, Template } from "../payload.ts";
import { capital, joinWords } from "../text.ts";

/** What stands between the parts of a text that was packed as one, and within a part. */
const [BETWEEN, WITHIN] = ["\x1f", "\x1e"];

/** What is known of a row now; its words may still be packed. */
export function composed(book: Book, layers: readonly Incidents[], row: number): Partial<Incident> {
  const template = layers.map((layer) => layer.template).find(Boolean);
  const text = (name: string): string => book.columns.text(name, row) ?? "";
  const [type, precision, dataset] = [book.word("type", row), book.word("precision", row), book.word("dataset", row)];
  const typeLabel = book.label(book.types, type);
  const prefix = template?.titlePrefix ?? "";
  const where = book.word("where", row);
  const told = pick(template?.datasets, dataset);
  return {
    id: text("id"),
    title: text("title") || capital(prefix + [type === "other" ? "incident" : typeLabel.toLowerCase(), where].filter(Boolean).join(", ")),
    statusWords: told?.statusWords ?? book.label(book.statuses, book.word("status", row)),
    // Its words say so already.
    unattributed: false,
    typeLabel,
    dateLabel: book.word("date", row),
    where,
    precision,
    precisionLabel: precision ? book.label(book.precisions, precision) : "",
    distance: book.word("distance", row),
    responsibility: pick(template?.responsibility, book.word("responsibility", row)) ?? "",
    notes: text("notes"),
    figures: figures(book, row),
    claims: told && template ? [claim(book, row, template, dataset)] : [],
    locations: told && template ? [location(book, row, template, told.partyName)] : [],
  };
}

function claim(book: Book, row: number, template: Template, dataset: string): Claim {
  const told = pick(template.datasets, dataset);
  return {
    id: String(row),
    statement: "",
    party: told?.party ?? "",
    partyName: told?.partyName ?? "",
    speaker: "",
    via: "",
    stance: template.stance,
    stanceLabel: template.stanceLabel,
    about: template.about,
    aboutLabel: template.aboutLabel,
    value: "",
    attributedTo: joinWords(parties(book, row)),
    hedged: false,
    inCustody: false,
    part: false,
    dateLabel: template.claimDateLabel,
    summary: "",
    asWritten: "",
    voice: told?.voice ?? "",
    vote: told?.vote ?? "",
    superseded: false,
    sources: [],
    written: sources(book, row),
  };
}

/** The names of the parties that the dataset names. */
function parties(book: Book, row: number): string[] {
  const names = book.words("party", row).map((word) => word.split(WITHIN)[1] ?? "");
  return [...new Set(names.filter(Boolean))];
}

/** Titles, addresses and dates stand in one order; where they say nothing the names of the set do. */
function sources(book: Book, row: number): Source[] {
  const parts = (name: string): string[] => (book.columns.text(name, row) ?? "").split(BETWEEN);
  const [titles, urls, dates] = [parts("source_title"), parts("source_url"), parts("source_date")];
  const said = titles.some(Boolean) ? titles : book.words("source", row);
  return said.map((title, at) => ({
    title: title || urls[at] || "source not named",
    publisher: "",
    agency: "",
    date: dates[at] ?? "",
    url: urls[at] ?? "",
    language: "",
    note: "",
    read: "",
  }));
}

function location(book: Book, row: number, template: Template, partyName: string): Loc {
  const standing = book.standing(row);
  const precision = book.word("precision", row);
  return {
    id: "",
    claimId: "",
    role: book.word("role", row) || "scene",
    roleLabel: book.label(book.roles, book.word("role", row) || "scene"),
    words: book.word("where", row),
    precision,
    precisionLabel: precision ? book.label(book.precisions, precision) : "",
    basisLabel: pick(template.bases, book.word("basis", row)) ?? "",
    drawn: standing.kind === "listed" ? { kind: "words" } : standing,
    partyName,
    note: "",
  };
}

function figures(book: Book, row: number): Figure[] {
  const words = book.word("figures", row);
  if (!words) return [];
  return words.split(BETWEEN).map((one) => {
    const [what = "", side = "", text = ""] = one.split(WITHIN);
    return { what, side, nationality: "", text, claimId: String(row) };
  });
}
