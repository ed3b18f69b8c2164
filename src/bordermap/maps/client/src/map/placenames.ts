// The places that the casebook names: from which zoom each shows, and which towns of the base map they stand for.

import type { BaseLabel, Ground } from "./ground.ts";
import type { Place } from "../payload.ts";
import { fold } from "../text.ts";

/** What the casebook names: as important as the town it is, villages and crossings when closer. */
export function namedPlaces(
  zoom: number,
  places: readonly Place[],
  ground: Ground | undefined,
): { place: Place; rank: number }[] {
  return places
    .filter((place) => place.name)
    .map((place) => ({ place, rank: placeRank(place, ground) }))
    .filter(({ rank }) => zoom >= rank + 3);
}

const ranks = new WeakMap<Place, number>();

function placeRank(place: Place, ground: Ground | undefined): number {
  const known = ranks.get(place);
  if (known !== undefined) return known;
  const town = ground?.labels.find(
    (label) => label.kind === "town" && Math.abs(label.lon - place.lon) < NEAR && Math.abs(label.lat - place.lat) < NEAR,
  );
  const rank = place.kind === "settlement" ? Math.min(town?.rank ?? 5, 5) : place.kind === "crossing" ? 5 : 5.5;
  ranks.set(place, rank);
  return rank;
}

/** Degrees within which two points are one town. */
const NEAR = 0.05;

/** A town that the casebook names has its label already, whatever its spelling. */
export function nearPlaces(places: readonly Place[]): (label: BaseLabel) => boolean {
  const names = new Set(places.map((one) => fold(one.name)));
  return ({ name, lon, lat }) =>
    names.has(fold(name)) ||
    places.some((one) => Math.abs(one.lon - lon) < NEAR && Math.abs(one.lat - lat) < NEAR && one.kind === "settlement");
}
