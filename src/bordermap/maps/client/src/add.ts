// One layer's data into a map: read, kept, its switches made.

import { atlasOf, type Atlas } from "./atlas.ts";
import { readGround } from "./map/ground.ts";
import { lineNote } from "./map/lines.ts";
import { roleMark } from "./map/marks.ts";
import type { Aggregates, BaseMap, Borders, Context, Incidents, Layer } from "./payload.ts";
import { makeTally } from "./counts/tally.ts";
import { capital } from "./text.ts";
import { emptyColumns, unpack } from "./columns/unpack.ts";

export function readData<T>(dataId: string): T {
  return JSON.parse(document.getElementById(dataId)?.textContent ?? "null") as T;
}

/** A block that the Python side packed: base64 text in an element of its own, which may still be on its way. */
export async function readBlock(dataId: string, k: number): Promise<string> {
  const id = `${dataId}-${k}`;
  // While the page is read, an element that is followed by another is there as a whole.
  while (document.readyState === "loading" && !document.getElementById(id)?.nextElementSibling)
    await new Promise((done) => setTimeout(done, 20));
  return document.getElementById(id)?.textContent ?? "";
}

export function addLayer(map: L.Map, layer: Layer, block: (k: number) => Promise<string>): Atlas {
  const atlas = atlasOf(map);
  if (layer?.kind === "basemap") addGround(atlas, layer);
  if (layer?.kind === "borders") addBorders(atlas, layer);
  if (layer?.kind === "areas") {
    const key = `${layer.key}-${atlas.areas.length}`;
    atlas.areas.push({ ...layer, key });
    atlas.addSwitch({ key: `areas:${key}`, label: layer.name || "Provinces", group: "Base map" }, layer.shown);
  }
  if (layer?.kind === "places") {
    atlas.places.push(...(layer.places ?? []).filter((place) => Number.isFinite(place.lon) && Number.isFinite(place.lat)));
    atlas.addSwitch({ key: "places", label: layer.name || "Places named", group: "Base map" }, layer.shown);
  }
  if (layer?.kind === "incidents") addIncidents(atlas, layer, block);
  if (layer?.kind === "context") addContext(atlas, layer);
  if (layer?.kind === "aggregates") addTally(atlas, layer);
  return atlas;
}

function addGround(atlas: Atlas, layer: BaseMap): void {
  atlas.ground = readGround(layer);
  const { firstOrder, rivers, labels } = atlas.ground;
  if (firstOrder.length) atlas.addSwitch({ key: "base:first-order", label: "First-order lines", group: "Base map" }, layer.shown);
  if (rivers.length) atlas.addSwitch({ key: "base:rivers", label: "Rivers", group: "Base map" }, layer.shown);
  if (labels.length) atlas.addSwitch({ key: "base:labels", label: "Names", group: "Base map" }, layer.shown);
}

function addBorders(atlas: Atlas, layer: Borders): void {
  for (const line of layer.lines ?? []) {
    atlas.borders.push(line);
    const note = lineNote(line);
    atlas.addSwitch(
      { key: `border:${line.key}`, label: line.name || line.key, group: "Borders", ...(note ? { note } : {}) },
      layer.shown,
    );
  }
}

function addIncidents(atlas: Atlas, layer: Incidents, block: (k: number) => Promise<string>): void {
  atlas.incidents.push(layer);
  const columns = layer.packed ? unpack(layer.packed, block) : Promise.resolve(emptyColumns());
  atlas.await(columns, () => addPlaces(atlas, layer));
}

/** The switches of what claimants reported: marks, links, rings. */
function addPlaces(atlas: Atlas, layer: Incidents): void {
  const marks = new Map<string, number>();
  for (const { locations } of atlas.book.all())
    for (const { role, drawn } of locations) if (drawn.kind !== "words") marks.set(role, (marks.get(role) ?? 0) + 1);
  for (const { key, label } of atlas.book.roles) {
    const count = marks.get(key) ?? 0;
    // In a dataset a place is where the incident stands: no mark would say more.
    if (!count || layer.template) continue;
    atlas.addSwitch(
      { key: `role:${key}`, label: capital(label), group: "Reported places", count, icon: () => roleMark(key) },
      false,
    );
  }
  if (layer.links?.length)
    atlas.addSwitch(
      { key: "links", label: "Links from origin to impact or target", group: "Reported places", count: layer.links.length },
      false,
    );
  // Said even where there is none: that no ring may be drawn is a finding too.
  if (layer.rings && !layer.template)
    atlas.addSwitch(
      {
        key: "rings",
        label: "Range rings round reported origins",
        group: "Reported places",
        count: layer.rings.length,
        note: layer.rings.length
          ? "Published maximum of the calibre that the same claim names; no estimate of where anything was fired from."
          : "No claim names both a calibre and an origin precisely enough.",
      },
      false,
    );
}

function addContext(atlas: Atlas, layer: Context): void {
  atlas.contexts.push(layer);
  atlas.addSwitch(
    { key: "context", label: layer.name || "Context", group: "Context", count: layer.items?.length ?? 0 },
    layer.shown,
  );
}

function addTally(atlas: Atlas, layer: Aggregates): void {
  const tally = makeTally(layer, `tally-${atlas.tallies.length}`);
  atlas.tallies.push(tally);
  const named = (what: string): string => (atlas.tallies.length > 1 ? `${what}: ${tally.name}` : what);
  const add = (part: "cells" | "stretches", label: string, count: number): void => {
    if (count) atlas.addSwitch({ key: `${tally.key}:${part}`, label: named(label), group: "Counts", count }, layer.shown);
  };
  add("cells", "Grid cells", tally.cells.length);
  add("stretches", "Border stretches", tally.stretches.filter(({ parts }) => parts.length).length);
}
