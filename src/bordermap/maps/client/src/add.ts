// One layer's data into a map: read, kept, its switches made.

import { atlasOf, type Atlas } from "./atlas.ts";
import { readGround } from "./ground.ts";
import { lineNote } from "./lines.ts";
import { roleMark } from "./marks.ts";
import type { Aggregates, BaseMap, Borders, Context, Incidents, Layer } from "./payload.ts";
import { makeTally } from "./tally.ts";
import { capital } from "./text.ts";

export function readData<T>(dataId: string): T {
  return JSON.parse(document.getElementById(dataId)?.textContent ?? "null") as T;
}

export function addLayer(map: L.Map, layer: Layer): Atlas {
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
  if (layer?.kind === "incidents") addIncidents(atlas, layer);
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

function addIncidents(atlas: Atlas, layer: Incidents): void {
  atlas.incidents.push(layer);
  for (const { key } of atlas.book.statuses) atlas.store.turn(`status:${key}`, layer.shown !== false);
  for (const { key, label } of atlas.book.roles) {
    const marks =
      layer.incidents
        ?.flatMap((incident) => incident.locations ?? [])
        .filter((loc) => loc.role === key && loc.drawn?.kind !== "words").length ?? 0;
    if (marks)
      atlas.addSwitch(
        { key: `role:${key}`, label: capital(label), group: "Reported places", count: marks, icon: () => roleMark(key) },
        false,
      );
  }
  if (layer.links?.length)
    atlas.addSwitch(
      { key: "links", label: "Links from origin to impact or target", group: "Reported places", count: layer.links.length },
      false,
    );
  // Said even where there is none: that no ring may be drawn is a finding too.
  if (layer.rings)
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
