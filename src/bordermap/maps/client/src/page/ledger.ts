// The claim ledger: who said what, when, through whom, and where it can be read.

import type { Book } from "../incidents/book.ts";
import { el, pick, sourceLink, words } from "../dom.ts";
import type { Claim, Source } from "../payload.ts";
import { capital, plainWords, sentence } from "../text.ts";

/** @param hasStatus whether the entry has a status that its claims may count for; context has none */
export function ledger(claims: readonly Claim[], book: Book, hasStatus = true): HTMLElement {
  if (!claims.length) return el("p", "bm-quiet", "No separate claims are recorded for this entry.");
  return el("ol", "bm-ledger", ...claims.map((claim) => entry(claim, book, hasStatus)));
}

function entry(claim: Claim, book: Book, hasStatus: boolean): HTMLElement {
  const against = claim.vote === "against";
  const node = el(
    "li",
    `bm-claim${claim.superseded ? " bm-superseded" : ""}${against ? " bm-against" : claim.vote === "for" ? " bm-for" : ""}`,
    words(claim.dateLabel || "undated", "p", "bm-claim-date"),
    el("p", { class: "bm-claim-who", dir: "auto" }, el("span", "bm-party", claim.partyName || claim.party), speaker(claim)),
    el("p", { class: "bm-claim-stance", dir: "auto" }, stance(claim)),
    claim.summary ? words(sentence(claim.summary), "p", "bm-claim-said") : null,
    detail(claim),
    tags(claim, hasStatus),
    sources(claim, book),
  );
  node.dataset["claimId"] = claim.id;
  return node;
}

function speaker({ speaker: who, via }: Claim): HTMLElement | null {
  const parts = [who, via ? `via ${via}` : ""].filter(Boolean);
  return parts.length ? el("span", "bm-speaker", `, ${parts.join(", ")}`) : null;
}

/** "denies · the impact", in the words of the codebook. */
function stance({ stance: key, stanceLabel, about, aboutLabel }: Claim): HTMLElement {
  return el(
    "span",
    "bm-stance",
    el("strong", {}, capital(stanceLabel || plainWords(key ?? ""))),
    aboutLabel || about ? el("span", {}, ` · ${aboutLabel || plainWords(about)}`) : null,
  );
}

function detail({ value, attributedTo, asWritten, stanceLabel }: Claim): HTMLElement | null {
  const parts = [
    attributedTo ? `attributed to ${attributedTo}` : "",
    value ? `as given: ${value}` : "",
    asWritten && asWritten !== stanceLabel ? `as written: ${asWritten}` : "",
  ].filter(Boolean);
  return parts.length ? words(capital(parts.join(" · ")), "p", "bm-claim-detail") : null;
}

const VOICES: Record<string, string> = {
  owner: "the party that says it did it",
  authority: "an authority",
  independent: "an independent voice",
};

function tags(claim: Claim, hasStatus: boolean): HTMLElement | null {
  const voice = pick(VOICES, claim.voice);
  const counts =
    claim.vote === "for" ? "counts for" : claim.vote === "against" ? "counts against" : "does not count for the status";
  const found = [
    claim.hedged ? "hedged" : "",
    claim.inCustody ? "said in custody" : "",
    claim.part ? "in part" : "",
    claim.superseded ? "replaced by a later statement" : "",
    claim.superseded || !hasStatus ? "" : claim.vote && voice ? `${counts}, as ${voice}` : counts,
  ].filter(Boolean);
  if (!found.length) return null;
  return el("ul", "bm-tags", ...found.map((tag) => el("li", {}, tag)));
}

function sources(claim: Claim, book: Book): HTMLElement | null {
  const { sources: listed, written = [] } = claim;
  if (!listed.length && !written.length) return null;
  return el(
    "ul",
    "bm-sources",
    ...listed.map(({ id, relation, differs }) => sourceEntry(id, book, relation, differs)),
    ...written.map((source) => sourceLine(source, source.title)),
  );
}

export function sourceEntry(id: string, book: Book, relation = "", differs = ""): HTMLElement {
  const source = book.source(id);
  return source ? sourceLine(source, id, relation, differs) : el("li", {}, words(id));
}

function sourceLine(source: Source, id: string, relation = "", differs = ""): HTMLElement {
  const by = [source.publisher || source.agency, source.date].filter(Boolean).join(", ");
  const more = [
    relation && relation !== "original" ? relation : "",
    source.language && source.language !== "en" ? `in ${languageName(source.language)}` : "",
    source.read === "opening" ? "opening read only" : "",
  ]
    .filter(Boolean)
    .join("; ");
  return el(
    "li",
    { dir: "auto" },
    sourceLink(source.title || id, source.url),
    by ? el("span", "bm-source-by", ` ${by}`) : null,
    more ? el("span", "bm-source-by", ` (${more})`) : null,
    differs ? words(`Differs: ${sentence(differs)}`, "span", "bm-differs") : null,
  );
}

function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
