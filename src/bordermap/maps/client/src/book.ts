// Everything the incident and context layers brought, put in order once: the readers for missing fields stand here.

import { pick } from "./dom.ts";
import type {
  Claim,
  ContextItem,
  Context,
  Incident,
  Incidents,
  Link,
  Loc,
  Ring,
  Shape,
  Source,
  Standing,
  Term,
} from "./payload.ts";
import { plainWords } from "./text.ts";

const LISTED: Standing = { kind: "listed", country: "", label: "" };

export interface Book {
  readonly incidents: readonly Incident[];
  readonly byId: ReadonlyMap<string, Incident>;
  readonly context: readonly ContextItem[];
  readonly statuses: readonly Term[];
  readonly types: readonly Term[];
  readonly roles: readonly Term[];
  readonly colourBy: "status" | "type";
  readonly links: readonly Link[];
  readonly rings: readonly Ring[];
  shape(id: string | undefined): Shape | undefined;
  source(id: string): Source | undefined;
}

export function makeBook(layers: readonly Incidents[], contexts: readonly Context[] = []): Book {
  const all = layers.flatMap((layer) => layer.incidents ?? []).map(complete);
  const byId = new Map<string, Incident>();
  for (const incident of all) if (!byId.has(incident.id)) byId.set(incident.id, incident);
  const incidents = [...byId.values()].sort(byDate);
  return {
    incidents,
    byId,
    context: contexts.flatMap((layer) => layer.items ?? []).map((item) => ({ ...item, claims: item.claims ?? [] })),
    statuses: terms(
      layers.flatMap((layer) => layer.statuses ?? []),
      incidents.map((incident) => incident.status),
    ),
    types: terms(
      layers.flatMap((layer) => layer.types ?? []),
      incidents.map((incident) => incident.type),
    ),
    roles: terms(
      layers.flatMap((layer) => layer.roles ?? []),
      [],
    ),
    colourBy: layers[0]?.colourBy === "type" ? "type" : "status",
    links: layers.flatMap((layer) => layer.links ?? []),
    rings: layers.flatMap((layer) => layer.rings ?? []),
    shape: (id) => (id === undefined ? undefined : first(layers.map((layer) => pick(layer.shapes, id)))),
    source: (id) => first([...layers, ...contexts].map((layer) => pick(layer.sources, id))),
  };
}

/** The terms given once each, and after them every code in use that no term explains. */
function terms(given: readonly Term[], used: readonly string[]): Term[] {
  const found = new Map<string, Term>();
  for (const term of given) if (!found.has(term.key)) found.set(term.key, term);
  for (const key of used) if (!found.has(key)) found.set(key, { key, label: plainWords(key) || "not stated" });
  return [...found.values()];
}

function complete(given: Partial<Incident>): Incident {
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return {
    ...(given as Incident),
    id: text(given.id),
    title: text(given.title) || text(given.id),
    status: text(given.status),
    statusWords: text(given.statusWords),
    type: text(given.type),
    typeLabel: text(given.typeLabel) || plainWords(text(given.type)),
    dateLabel: text(given.dateLabel) || "date not known",
    dateStart: text(given.dateStart),
    where: text(given.where),
    standing: drawable(given.standing),
    disputedAbout: given.disputedAbout ?? [],
    figures: given.figures ?? [],
    claims: (given.claims ?? []).map(completeClaim),
    locations: (given.locations ?? []).map(completeLocation),
  };
}

function completeClaim(claim: Claim): Claim {
  return { ...claim, sources: claim.sources ?? [] };
}

function completeLocation(loc: Loc): Loc {
  return { ...loc, drawn: loc.drawn ?? { kind: "words" } };
}

function drawable(standing: Standing | undefined): Standing {
  if (!standing) return LISTED;
  if (standing.kind === "point") return Number.isFinite(standing.lon) && Number.isFinite(standing.lat) ? standing : LISTED;
  return standing;
}

export function byDate(a: Incident, b: Incident): number {
  return (
    compare(a.dateStart || "9999", b.dateStart || "9999") || compare(a.dateEnd || "", b.dateEnd || "") || compare(a.id, b.id)
  );
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function isShown(incident: Incident, on: ReadonlySet<string>): boolean {
  return on.has(`status:${incident.status}`);
}

/** The areal incidents by shape, in the order of their dates. An area without its shape is listed instead. */
export function byShape(book: Book, incidents: readonly Incident[]): Map<string, Incident[]> {
  const groups = new Map<string, Incident[]>();
  for (const incident of incidents) {
    const standing = standingOf(book, incident);
    if (standing.kind !== "areal") continue;
    groups.set(standing.shape, [...(groups.get(standing.shape) ?? []), incident]);
  }
  return groups;
}

export function standingOf(book: Book, incident: Incident): Standing {
  const { standing } = incident;
  return standing.kind === "areal" && !book.shape(standing.shape) ? LISTED : standing;
}

function first<T>(values: readonly (T | undefined)[]): T | undefined {
  return values.find((value) => value !== undefined);
}
