// The order of the map's layers from the ground up.

const ORDER: Record<string, number> = {
  "bm-ground": 210,
  "bm-cells": 300,
  "bm-shapes": 350,
  "bm-squares": 360,
  "bm-stretches": 390,
  "bm-lines": 380,
  "bm-links": 400,
  "bm-labels": 420,
  "bm-points": 410,
  "bm-marks": 570,
  "bm-symbols": 600,
};

export function pane(map: L.Map, name: keyof typeof ORDER): string {
  if (!map.getPane(name)) {
    const made = map.createPane(name);
    made.style.zIndex = String(ORDER[name] ?? 400);
    if (name !== "bm-symbols" && name !== "bm-marks") made.style.pointerEvents = "none";
  }
  return name;
}

/** Leaflet's SVG renderer in a pane of ours; one for each pane. */
export function vectors(map: L.Map, name: keyof typeof ORDER): L.Renderer {
  const holder = map as L.Map & { bmVectors?: Map<string, L.Renderer> };
  const made = (holder.bmVectors ??= new Map<string, L.Renderer>());
  const renderer = made.get(name) ?? L.svg({ pane: pane(map, name), padding: 0.3 });
  made.set(name, renderer);
  return renderer;
}

export const latLng = ([lon, lat]: readonly [number, number]): L.LatLngTuple => [lat, lon];
