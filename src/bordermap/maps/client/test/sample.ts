// A small payload by hand: two incidents at one place, one area, one listed, hostile strings and unknown codes.

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
