// Reported places: where claimants put the origin, the target, the impact. Shown for the selected incident, and
// for all where their switch is on. Same-claim links and range rings stand here too.

import type { Atlas } from "../atlas.ts";
import type { Incident } from "../incidents/book.ts";
import { el } from "../dom.ts";
import { hinted, type Hint } from "./hint.ts";
import type { LinkName } from "./labels.ts";
import { roleMark } from "./marks.ts";
import { latLng, vectors } from "./panes.ts";
import type { Loc, LonLat } from "../payload.ts";
import { inPlace, Pins, type Pin } from "./pins.ts";
import { geodesic } from "./projection.ts";
import { paths } from "./shapes.ts";
import { NONE } from "../store.ts";

interface Found {
  loc: Loc;
  incident: Incident;
}

export function drawReported(atlas: Atlas, hint: Hint): void {
  const pins = new Pins(atlas.map, "bm-marks", inPlace(atlas.map));
  const drawn = L.layerGroup().addTo(atlas.map);
  atlas.linkNames = () => linkNames(atlas);
  atlas.marks = () => pins.rects(16);
  const refresh = (): void => {
    const found = wanted(atlas);
    drawn.clearLayers();
    for (const path of [...places(atlas, found), ...links(atlas), ...rings(atlas)]) drawn.addLayer(path);
    pins.show(marks(atlas, found, hint));
  };
  atlas.store.subscribe((_, change) => (change.has("on") || change.has("selected")) && refresh());
  atlas.book.filters.subscribe(refresh);
  refresh();
}

/** The incidents whose reported places may be drawn: of a large page only the one that is open. */
function told({ book, store }: Atlas): Incident[] {
  const { selected } = store.get();
  return book.isSmall ? book.all() : selected === NONE ? [] : [book.incident(selected)];
}

function wanted(atlas: Atlas): Found[] {
  const { on, selected } = atlas.store.get();
  const found = new Map<string, Found>();
  for (const incident of told(atlas)) {
    const isSelected = incident.row === selected;
    if (!isSelected && !atlas.book.isShown(incident.row)) continue;
    for (const loc of incident.locations) {
      if (!isSelected && !on.has(`role:${loc.role}`)) continue;
      const key = `${loc.role} ${JSON.stringify(loc.drawn)}`;
      if (loc.drawn.kind !== "words" && !(found.has(key) && !isSelected)) found.set(key, { loc, incident });
    }
  }
  return [...found.values()];
}

function places(atlas: Atlas, found: readonly Found[]): L.Path[] {
  const seen = new Set<string>();
  return found.flatMap(({ loc, incident }) => {
    const id = loc.drawn.kind === "words" ? undefined : loc.drawn.shape;
    const standing = atlas.book.standing(incident.row);
    const shape = atlas.book.shape(id);
    if (!id || !shape || seen.has(id) || (standing.kind !== "listed" && standing.shape === id)) return [];
    seen.add(id);
    return paths(atlas, shape, false, true);
  });
}

function marks(atlas: Atlas, found: readonly Found[], hint: Hint): Pin[] {
  return found.flatMap(({ loc, incident }) => {
    const { drawn } = loc;
    const standing = atlas.book.standing(incident.row);
    if (drawn.kind !== "point") return [];
    if (standing.kind === "point" && standing.lon === drawn.lon && standing.lat === drawn.lat) return [];
    const element = el("div", "bm-role", roleMark(loc.role));
    hinted(element, hint, () => [`${loc.roleLabel}: ${loc.words}`, loc.partyName ? `according to ${loc.partyName}` : ""]);
    return [{ element, lon: drawn.lon, lat: drawn.lat }];
  });
}

function shownLinks({ book, store }: Atlas): typeof book.links {
  const { on, selected } = store.get();
  return book.links.filter((link) => {
    const row = book.rowOf(link.eventId);
    return row !== NONE && (row === selected || (on.has("links") && book.isShown(row)));
  });
}

function links(atlas: Atlas): L.Path[] {
  const renderer = vectors(atlas.map, "bm-links");
  return shownLinks(atlas).map(({ from, to }) =>
    L.polyline(geodesic(from, to).map(latLng), {
      renderer,
      className: "bm-link",
      color: "currentColor",
      weight: 1.2,
      dashArray: "7 4",
      interactive: false,
      smoothFactor: 0,
    }),
  );
}

/** Who makes the link, for those of the selected incident; each text once. */
function linkNames(atlas: Atlas): LinkName[] {
  const { selected } = atlas.store.get();
  const found = new Map<string, LinkName>();
  for (const { eventId, from, to, label } of shownLinks(atlas)) {
    const [lon, lat] = middle(from, to);
    if (atlas.book.rowOf(eventId) === selected && !found.has(label)) found.set(label, { text: label, lon, lat });
  }
  return [...found.values()];
}

function middle(from: LonLat, to: LonLat): LonLat {
  return geodesic(from, to, 2)[1] ?? from;
}

function rings(atlas: Atlas): L.Path[] {
  const { on, selected } = atlas.store.get();
  if (!on.has("rings")) return [];
  const renderer = vectors(atlas.map, "bm-links");
  return atlas.book.rings
    .filter((ring) => {
      const row = atlas.book.rowOf(ring.eventId);
      return row !== NONE && (row === selected || atlas.book.isShown(row));
    })
    .map((ring) =>
      L.polygon(ring.polygon.map(latLng), {
        renderer,
        className: "bm-ring",
        color: "currentColor",
        weight: 1,
        dashArray: "2 3",
        fill: false,
        interactive: false,
      }),
    );
}
