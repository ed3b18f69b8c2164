// What the Python side puts into the page. Everything here is data from outside: every string may be hostile,
// every field may be missing. Nothing is trusted before it went through the readers in `book.ts` and `dom.ts`.

import type { Topology } from "topojson-specification";
import type { Packed, Template } from "./columns/packed.ts";

export type { DatasetTemplate, Packed, PackedColumn, Template } from "./columns/packed.ts";

export type LonLat = [number, number];

interface LayerBase {
  key: string;
  name: string;
  group: string;
  shown: boolean;
}

export interface BaseMap extends LayerBase {
  kind: "basemap";
  topology: Topology;
  focus: string;
}

export interface BorderLine {
  key: string;
  name: string;
  neighbour: string;
  status: string;
  statusLabel: string;
  statusBy: string;
  lengthKm: number;
  accuracyM: number;
  note: string;
  parts: LonLat[][];
}

export interface Borders extends LayerBase {
  kind: "borders";
  lines: BorderLine[];
}

export interface Areas extends LayerBase {
  kind: "areas";
  features: { name: string; coords: LonLat[][][] }[];
}

export interface Place {
  id: string;
  name: string;
  lon: number;
  lat: number;
  rank: number;
  kind: string;
}

export interface Places extends LayerBase {
  kind: "places";
  places: Place[];
}

export interface Term {
  key: string;
  label: string;
  meaning?: string;
}

export type Standing =
  | { kind: "point"; lon: number; lat: number; shape?: string }
  | { kind: "areal"; shape: string }
  | { kind: "listed"; country: string; label: string };

export type Drawn =
  { kind: "point"; lon: number; lat: number; shape?: string } | { kind: "areal"; shape: string } | { kind: "words" };

export interface Claim {
  id: string;
  statement: string;
  party: string;
  partyName: string;
  speaker: string;
  via: string;
  stance: string;
  stanceLabel: string;
  about: string;
  aboutLabel: string;
  value: string;
  attributedTo: string;
  hedged: boolean;
  inCustody: boolean;
  part: boolean;
  dateLabel: string;
  summary: string;
  asWritten: string;
  voice: string;
  vote: string;
  superseded: boolean;
  sources: { id: string; relation: string; differs: string }[];
  /** Sources that stand in no list: those of a dataset's row. */
  written?: Source[];
}

export interface Loc {
  id: string;
  claimId: string;
  role: string;
  roleLabel: string;
  words: string;
  precision: string;
  precisionLabel: string;
  basisLabel: string;
  drawn: Drawn;
  partyName: string;
  note: string;
}

export interface Figure {
  what: string;
  side: string;
  nationality: string;
  text: string;
  claimId: string;
}

export interface Incident {
  id: string;
  title: string;
  status: string;
  statusWords: string;
  disputedAbout: string[];
  unattributed: boolean;
  type: string;
  typeLabel: string;
  dateLabel: string;
  dateStart: string;
  dateEnd: string;
  datePrecision: string;
  where: string;
  precision: string;
  precisionLabel: string;
  standing: Standing;
  distance: string;
  responsibility: string;
  notes: string;
  figures: Figure[];
  claims: Claim[];
  locations: Loc[];
}

export interface Shape {
  id: string;
  label: string;
  kind: "disc" | "settlement" | "area" | "stretch";
  badge: LonLat;
  polygons?: LonLat[][][];
  lines?: LonLat[][];
  note?: string;
}

export interface Source {
  title: string;
  publisher: string;
  agency: string;
  date: string;
  url: string;
  language: string;
  note: string;
  read: string;
}

export interface Link {
  eventId: string;
  claimId: string;
  from: LonLat;
  to: LonLat;
  label: string;
}

export interface Ring {
  eventId: string;
  claimId: string;
  centre: LonLat;
  polygon: LonLat[];
  label: string;
}

/** A border line along which incidents are placed, with the named marks on it. */
export interface StripLine {
  key: string;
  label: string;
  lengthKm: number;
  marks?: { km: number; label: string }[];
}

export interface Incidents extends LayerBase {
  kind: "incidents";
  statuses: Term[];
  types: Term[];
  roles: Term[];
  precisions?: Term[];
  /** The names of the border stretches, borders and lines that columns name. */
  stretches?: Term[];
  colourBy: "status" | "type";
  incidents?: Incident[];
  packed?: Packed;
  lines?: StripLine[];
  template?: Template;
  shapes: Record<string, Shape>;
  sources: Record<string, Source>;
  links: Link[];
  rings: Ring[];
}

export interface ContextItem {
  id: string;
  kind: string;
  kindLabel: string;
  title: string;
  dateLabel: string;
  place: string;
  summary: string;
  drawn: { kind: "point"; lon: number; lat: number } | { kind: "areal"; shape: Shape } | { kind: "words" };
  claims: Claim[];
  sources?: string[];
}

export interface Context extends LayerBase {
  kind: "context";
  items: ContextItem[];
  sources: Record<string, Source>;
}

/** A class of counts; the shade is a tint for cells and a width for stretches, 1 (few) to 6 (many). */
export interface CountClass {
  low: number;
  high: number;
  shade: number;
}

/** One more number for each cell, in the cells' order; null where nothing is known. */
export interface AggregateColumn {
  key: string;
  kind: "status" | "type" | "other" | "figure";
  label: string;
  values: (number | null)[];
}

export interface Aggregates extends LayerBase {
  kind: "aggregates";
  cells: { west: number[]; south: number[]; east: number[]; north: number[]; n: number[]; columns: AggregateColumn[] };
  cellClasses: CountClass[];
  stretches: {
    key: string;
    name: string;
    pair: string;
    certain: number;
    possible: number;
    lengthKm?: number;
    note: string;
    parts: { status: string; lines: LonLat[][] }[];
  }[];
  stretchClasses: CountClass[];
  classesNote: string;
  unplaced: { key: string; label: string; n: number }[];
  rows: number;
  /** Sentences that stand beside the counts in any map. */
  said: string[];
}

export type Layer = BaseMap | Borders | Areas | Places | Incidents | Context | Aggregates;

export interface Page {
  title: string;
  subtitle: string;
  version: string;
  software?: string;
  compiledThrough: string;
  statusAsOf: string;
  period?: string;
  contact: string;
  endorsement: string;
  bounds: [number, number, number, number];
  maxBounds?: [number, number, number, number];
  coverage: { label: string; text: string }[];
  credits: { text: string; licence: string }[];
  method: string;
  counts: { incidents?: number; sources?: number };
  dir: "ltr" | "rtl";
}
