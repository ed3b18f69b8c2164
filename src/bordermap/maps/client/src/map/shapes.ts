// The areas behind incidents: light hatching for "somewhere in here", never a point in the middle.

import type { Atlas } from "../atlas.ts";
import { latLng, vectors } from "./panes.ts";
import type { Shape } from "../payload.ts";
import { BUTTONS } from "./viewport.ts";
import { byShape } from "../incidents/shapegroups.ts";
import { NONE } from "../store.ts";

/** From this zoom on the discs and extents of all places are drawn, not of the selected one only. */
const CLOSE = 9.5;
/** So many areas are drawn at most: those with most incidents. */
const AREAS = 120;

export function drawShapes(atlas: Atlas): void {
  const { book, map, store } = atlas;
  const group = L.layerGroup().addTo(map);
  let drawn = "";
  const refresh = (): void => {
    const strong = strongShapes(atlas);
    const shapes = wanted(atlas, strong);
    const key = shapes.map(({ id }) => `${id}${strong.has(id) ? " strong" : ""}`).join("\n");
    if (key === drawn) return;
    drawn = key;
    group.clearLayers();
    for (const shape of shapes) for (const path of paths(atlas, shape, strong.has(shape.id))) group.addLayer(path);
  };
  store.subscribe((_, change) => (change.has("selected") || change.has("group")) && refresh());
  book.onFiltered(refresh);
  let close = false;
  map.on("zoomend", () => {
    if (close === map.getZoom() >= CLOSE) return;
    close = !close;
    refresh();
  });
  refresh();
}

function wanted({ book, map }: Atlas, strong: ReadonlySet<string>): Shape[] {
  const groups = [...byShape(book, 1)];
  if (groups.length > AREAS) groups.sort(([, a], [, b]) => b.count - a.count);
  const ids = new Set([...groups.slice(0, AREAS).map(([id]) => id), ...strong]);
  if (map.getZoom() >= CLOSE && book.spots.placed <= BUTTONS)
    for (const row of book.columns.order) {
      const standing = book.isShown(row) ? book.standing(row) : undefined;
      if (standing?.kind === "point" && standing.shape) ids.add(standing.shape);
    }
  return [...ids].flatMap((id) => book.shape(id) ?? []);
}

function strongShapes({ book, store }: Atlas): Set<string> {
  const { selected, group } = store.get();
  const rows = selected === NONE ? group : [selected];
  return new Set(
    rows.flatMap((row) => {
      const standing = book.standing(row);
      return standing.kind !== "listed" && standing.shape && (selected !== NONE || standing.kind === "areal")
        ? [standing.shape]
        : [];
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
