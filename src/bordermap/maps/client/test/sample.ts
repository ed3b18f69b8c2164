// A small payload by hand: two incidents at one place, one area, one listed, hostile strings and unknown codes.

import { Book } from "../src/incidents/book.ts";
import { MISSING, type Codes, type Columns } from "../src/columns/columns.ts";
import type { Claim, Incident, Incidents, Shape, Standing } from "../src/payload.ts";

export const HOSTILE = `<img src=x onerror=alert(1)>"'\${7*7}{{7*7}}</script>\\`;

export function claim(part: Partial<Claim> = {}): Claim {
  return {
    id: "c1",
    statement: "s1",
    party: "p1",
    partyName: "Party",
    speaker: "",
    via: "",
    stance: "reports",
    stanceLabel: "reports",
    about: "event",
    aboutLabel: "the event",
    value: "",
    attributedTo: "",
    hedged: false,
    inCustody: false,
    part: false,
    dateLabel: "1 May 2022",
    summary: "It said so.",
    asWritten: "",
    voice: "authority",
    vote: "for",
    superseded: false,
    sources: [{ id: "src1", relation: "original", differs: "" }],
    ...part,
  };
}

export function incident(id: string, standing: Standing, part: Partial<Incident> = {}): Incident {
  return {
    id,
    title: `Rocket fire ${id}`,
    status: "confirmed",
    statusWords: "confirmed by two parties",
    disputedAbout: [],
    unattributed: false,
    type: "cross_border_fire",
    typeLabel: "Cross-border fire",
    dateLabel: "1 May 2022",
    dateStart: "2022-05-01",
    dateEnd: "2022-05-01",
    datePrecision: "day",
    where: "near a town",
    precision: "settlement",
    precisionLabel: "settlement",
    standing,
    distance: "",
    responsibility: "",
    notes: "",
    figures: [],
    claims: [claim()],
    locations: [],
    ...part,
  };
}

export const AREA: Shape = {
  id: "area",
  label: "A province",
  kind: "area",
  badge: [70, 37],
  polygons: [
    [
      [
        [69, 36],
        [71, 36],
        [71, 38],
        [69, 38],
        [69, 36],
      ],
    ],
  ],
  note: "",
};

export function sample(incidents: Incident[]): Incidents {
  return {
    kind: "incidents",
    key: "incidents",
    name: "Incidents",
    group: "Incidents",
    shown: true,
    colourBy: "status",
    incidents,
    statuses: ["confirmed", "corroborated", "reported", "claimed", "disputed", "denied"].map((key) => ({ key, label: key })),
    types: [
      { key: "cross_border_fire", label: "Cross-border fire" },
      { key: "shooting", label: "Shooting" },
    ],
    roles: [],
    shapes: { area: AREA },
    links: [],
    rings: [],
    sources: {
      src1: {
        title: "A source",
        publisher: "A paper",
        agency: "",
        date: "2022-05-01",
        url: "https://example.org/a",
        language: "en",
        note: "",
        read: "full",
      },
    },
  };
}

function coded(values: readonly string[]): Codes {
  const words = ["", ...new Set(values.filter(Boolean))];
  return { words, codes: Uint16Array.from(values, (value) => words.indexOf(value)) };
}

/** The columns of incidents that are told in full, in the order of their dates, undated last. */
export function columnsFor(incidents: readonly Incident[]): Columns {
  const day = (text: string | undefined): number => (text ? Math.floor(Date.parse(text.slice(0, 10)) / 86_400_000) : MISSING);
  const point = (one: Incident, name: "lon" | "lat"): number => {
    const standing = one.standing as { kind?: string; lon?: number; lat?: number } | undefined;
    const value = standing?.kind === "point" ? standing[name] : undefined;
    return value !== undefined && Number.isFinite(value) ? Math.round(value * 1e5) : MISSING;
  };
  const shape = (one: Incident): string => {
    const standing = one.standing as { shape?: string } | undefined;
    return standing?.shape ?? "";
  };
  const ints: Record<string, Int32Array> = {
    lon: Int32Array.from(incidents, (one) => point(one, "lon")),
    lat: Int32Array.from(incidents, (one) => point(one, "lat")),
    from: Int32Array.from(incidents, (one) => day(one.dateStart)),
    to: Int32Array.from(incidents, (one) => day(one.dateEnd || one.dateStart)),
  };
  const codes: Record<string, Codes> = {
    status: coded(incidents.map((one) => one.status ?? "")),
    type: coded(incidents.map((one) => one.type ?? "")),
    where: coded(incidents.map((one) => one.where ?? "")),
    shape: coded(incidents.map(shape)),
  };
  const key = (one: Incident | undefined): string => one?.dateStart || "9999";
  const order = Uint32Array.from(incidents.keys()).sort((a, b) => {
    const [first, second] = [key(incidents[a]), key(incidents[b])];
    return first < second ? -1 : first > second ? 1 : a - b;
  });
  return {
    n: incidents.length,
    order,
    ints: (name) => ints[name],
    codes: (name) => codes[name],
    sets: () => undefined,
    text: (name, row) => (name === "detail" ? JSON.stringify(incidents[row]) : (incidents[row]?.id ?? "")),
    load: () => Promise.resolve(),
  };
}

export function bookOf(incidents: readonly Incident[]): Book {
  return new Book(columnsFor(incidents), [sample([...incidents])]);
}
