// An incident as it was packed, with everything that it may lack.

import type { Claim, Incident, Loc } from "../payload.ts";
import { plainWords } from "../text.ts";

export const LISTED = { kind: "listed", country: "", label: "" } as const;

export function complete(told: Partial<Incident>): Incident {
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return {
    ...(told as Incident),
    id: text(told.id),
    title: text(told.title) || text(told.id) || "incident",
    status: text(told.status),
    statusWords: text(told.statusWords),
    type: text(told.type),
    typeLabel: text(told.typeLabel) || plainWords(text(told.type)),
    dateLabel: text(told.dateLabel) || "date not known",
    where: text(told.where),
    standing: told.standing ?? LISTED,
    disputedAbout: told.disputedAbout ?? [],
    figures: told.figures ?? [],
    claims: (told.claims ?? []).map(completeClaim),
    locations: (told.locations ?? []).map(completeLocation),
  };
}

function completeClaim(claim: Claim): Claim {
  return { ...claim, sources: claim.sources ?? [] };
}

function completeLocation(loc: Loc): Loc {
  return { ...loc, drawn: loc.drawn ?? { kind: "words" } };
}
