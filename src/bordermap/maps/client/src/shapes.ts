// The areas behind incidents: light hatching for "somewhere in here", never a point in the middle.

import type { Atlas } from "./atlas.ts";
import { byShape, isShown, standingOf } from "./book.ts";
import { latLng, vectors } from "./panes.ts";
import type { Shape } from "./payload.ts";

/** From this zoom on the discs and extents of all places are drawn, not of the selected one only. */
const CLOSE = 9.5;

export function drawShapes(atlas: Atlas): void {
  const group = L.layerGroup().addTo(atlas.map);
  const refresh = (): void => {
    group.clearLayers();
    const strong = strongShapes(atlas);
    for (const shape of wanted(atlas)) for (const path of paths(atlas, shape, strong.has(shape.id))) group.addLayer(path);
  };
  atlas.store.subscribe((_, change) => (change.has("on") || change.has("selected") || change.has("group")) && refresh());
  let close = false;
  atlas.map.on("zoomend", () => {
    if (close === atlas.map.getZoom() >= CLOSE) return;
    close = !close;
    refresh();
  });
  refresh();
}

function wanted({ book, store, map }: Atlas): Shape[] {
  const { on, selected } = store.get();
  const incidents = book.incidents.filter((incident) => isShown(incident, on) || incident.id === selected);
  const ids = new Set(byShape(book, incidents).keys());
  for (const incident of incidents) {
    const standing = standingOf(book, incident);
    if (standing.kind === "point" && standing.shape && (incident.id === selected || map.getZoom() >= CLOSE))
      ids.add(standing.shape);
  }
  return [...ids].flatMap((id) => book.shape(id) ?? []);
}

function strongShapes({ book, store }: Atlas): Set<string> {
  const { selected, group } = store.get();
  const ids = selected ? [selected] : group;
  return new Set(
    ids.flatMap((id) => {
      const incident = book.byId.get(id);
      const standing = incident && standingOf(book, incident);
      return standing && standing.kind !== "listed" && standing.shape ? [standing.shape] : [];
    }),
  );
}

/** A shape as Leaflet paths: hatched polygons, or a hatched band along a line. */
export function paths(atlas: Atlas, shape: Shape, strong: boolean, place = false): L.Path[] {
  const renderer = vectors(atlas.map, "bm-shapes");
  const fillColor = place ? "url(#bm-hatch-place)" : strong ? "url(#bm-hatch-strong)" : "url(#bm-hatch)";
  const kind = `${shape.kind === "stretch" ? "bm-band" : "bm-area"}${strong ? " bm-strong" : ""}${place ? " bm-place" : ""}`;
  const shared = { renderer, interactive: false, smoothFactor: 1 };
  // A band that followed every bend of a river would be a smudge.
  const band = { ...shared, smoothFactor: 5, weight: 14, lineCap: "butt" as const };
  return [
    ...(shape.polygons ?? []).map((rings) =>
      L.polygon(
        rings.map((ring) => ring.map(latLng)),
        {
          ...shared,
          className: kind,
          fillColor,
          fillOpacity: 1,
          color: "currentColor",
          weight: strong ? 1.6 : 0.8,
          ...(place ? { dashArray: "5 3" } : {}),
        },
      ),
    ),
    ...(shape.lines ?? []).flatMap((line) => [
      L.polyline(line.map(latLng), { ...band, className: `${kind} bm-under`, color: "currentColor" }),
      L.polyline(line.map(latLng), { ...band, className: kind, color: place ? fillColor : "url(#bm-hatch-strong)", opacity: 1 }),
    ]),
  ];
}
