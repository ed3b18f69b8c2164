// The base map's data, read once: what the painters and the labels need of the topology.

import { mesh } from "topojson-client";
import type { GeometryCollection, GeometryObject, Topology } from "topojson-specification";
import { linesFrom, projectArcs, ringsFrom, type Indices } from "./arcs.ts";
import type { BaseMap, LonLat } from "../payload.ts";
import { extent, flatten, insidePoints, project, within, type FlatLine } from "./projection.ts";

interface Named {
  name?: string;
  iso3?: string;
  kind?: string;
  rank?: number;
  pair?: string;
  status?: string;
}

/** One geometry of an object, whatever its type. */
interface Member {
  properties?: Named;
  arcs?: Indices;
  coordinates?: readonly number[];
}

export interface BaseLabel {
  name: string;
  kind: string;
  rank: number;
  iso3: string;
  lon: number;
  lat: number;
  /** Other points within a country, in zoom-0 pixels: its name shows when its own point is out of view. */
  elsewhere?: (halfWidth: number) => readonly LonLat[];
}

export interface Ground {
  focus: string;
  focusLand: FlatLine[];
  water: FlatLine[];
  firstOrder: FlatLine[];
  rivers: { name: string; rank: number; lines: FlatLine[] }[];
  borders: { pair: string; status: string; lines: FlatLine[] }[];
  labels: BaseLabel[];
}

export function readGround({ topology, focus }: BaseMap): Ground {
  const arcs = projectArcs(topology);
  const land = (iso3: string): FlatLine[] =>
    members(topology, "countries")
      .filter((one) => one.properties?.iso3 === iso3)
      .flatMap((one) => ringsFrom(arcs, one.arcs ?? []));
  return {
    focus,
    focusLand: land(focus),
    water: [...members(topology, "sea"), ...members(topology, "lakes")].flatMap((one) => ringsFrom(arcs, one.arcs ?? [])),
    firstOrder: members(topology, "admin1").flatMap((one) => linesFrom(arcs, one.arcs ?? [])),
    rivers: readRivers(topology, arcs),
    borders: readBorders(topology, arcs),
    labels: readLabels(topology, land),
  };
}

function members(topology: Topology, name: string): Member[] {
  const object = topology?.objects?.[name];
  if (!object) return [];
  return (object.type === "GeometryCollection" ? object.geometries : [object]) as unknown as Member[];
}

/** One river for each name and rank, however many pieces it came in. */
function readRivers(topology: Topology, arcs: readonly FlatLine[]): Ground["rivers"] {
  const found = new Map<string, Ground["rivers"][number]>();
  for (const { properties, arcs: indices } of members(topology, "rivers")) {
    const { name = "", rank = 9 } = properties ?? {};
    const river = found.get(`${rank} ${name}`) ?? { name, rank, lines: [] };
    river.lines.push(...linesFrom(arcs, indices ?? []));
    found.set(`${rank} ${name}`, river);
  }
  return [...found.values()];
}

/** From an object of its own where the data has one (with its line status), else where two countries meet. */
function readBorders(topology: Topology, arcs: readonly FlatLine[]): Ground["borders"] {
  const own = members(topology, "borders");
  if (own.length) {
    return own.map(({ properties, arcs: indices }) => ({
      pair: properties?.pair ?? "",
      status: properties?.status ?? "not_assessed",
      lines: linesFrom(arcs, indices ?? []),
    }));
  }
  const object = topology?.objects?.["countries"] as GeometryCollection<object> | undefined;
  if (object?.type !== "GeometryCollection") return [];
  const pairs = new Set<string>();
  mesh(topology, object, (a, b) => Boolean(a !== b && pairs.add(pairOf(a, b))));
  return [...pairs].sort().map((pair) => ({
    pair,
    status: "not_assessed",
    lines: mesh(topology, object, (a, b) => a !== b && pairOf(a, b) === pair).coordinates.map(flatten),
  }));
}

function pairOf(a: GeometryObject<object>, b: GeometryObject<object>): string {
  const code = (one: GeometryObject<object>): string => (one.properties as Named | undefined)?.iso3 ?? "";
  return [code(a), code(b)].sort().join("-");
}

function readLabels(topology: Topology, land: (iso3: string) => FlatLine[]): BaseLabel[] {
  const [sx, sy] = topology?.transform?.scale ?? [1, 1];
  const [tx, ty] = topology?.transform?.translate ?? [0, 0];
  return members(topology, "labels").map(({ properties, coordinates }) => {
    const { name = "", kind = "", rank = 9, iso3 = "" } = properties ?? {};
    const [lon, lat] = [(coordinates?.[0] ?? 0) * sx + tx, (coordinates?.[1] ?? 0) * sy + ty];
    return { name, kind, rank, iso3, lon, lat, ...(kind === "country" ? { elsewhere: spread(() => land(iso3), lon, lat) } : {}) };
  });
}

/** Points all over the largest part of a country, with room for a name of that width; worked out when first asked for. */
function spread(land: () => FlatLine[], lon: number, lat: number): (halfWidth: number) => readonly LonLat[] {
  let made: { ring: LonLat[]; points: readonly LonLat[] } | undefined;
  return (halfWidth) => {
    if (!made) {
      const [ring = []] = land()
        .map(coarse)
        .sort((a, b) => spanOf(b) - spanOf(a));
      made = { ring, points: insidePoints([[ring]], [], project(lon, lat)) };
    }
    const { ring, points } = made;
    return points.filter(([x, y]) => [-1, -0.5, 0.5, 1].every((part) => within([x + part * halfWidth, y], ring)));
  };
}

function coarse({ xy }: FlatLine): LonLat[] {
  const step = Math.max(1, Math.floor(xy.length / 2 / 160));
  const points: LonLat[] = [];
  for (let i = 0; i < xy.length; i += 2 * step) points.push([xy[i] ?? 0, xy[i + 1] ?? 0]);
  return points;
}

function spanOf(ring: readonly LonLat[]): number {
  const [west, south, east, north] = extent(ring);
  return (east - west) * (north - south);
}
