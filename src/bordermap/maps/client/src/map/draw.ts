// Puts onto a map what was added to it: ground, shapes, lines, names, symbols.

import type { Atlas } from "../atlas.ts";
import { paintGround } from "./basemap.ts";
import { canvasPane } from "./canvas.ts";
import { drawContextShapes } from "./context.ts";
import { fontsReady } from "../page/fonts.ts";
import { makeHint } from "./hint.ts";
import { paintLabels } from "./labels.ts";
import { boldPairs, paintLines } from "./lines.ts";
import { Markers } from "./markers.ts";
import { shareDefinitions } from "./marks.ts";
import { pane } from "./panes.ts";
import { Points } from "./points.ts";
import { BUTTONS } from "./viewport.ts";
import { drawReported } from "./reported.ts";
import { drawShapes } from "./shapes.ts";
import { isCardChange } from "../store.ts";
import { drawUnits } from "../counts/units.ts";

const drawn = new WeakSet<Atlas>();

export function drawAtlas(atlas: Atlas): void {
  if (drawn.has(atlas)) return;
  drawn.add(atlas);
  const { map } = atlas;
  map.getContainer().classList.add("bm-map");
  shareDefinitions();
  if (atlas.ground) drawGround(atlas);
  if (atlas.incidents.length || atlas.contexts.length) {
    const hint = makeHint(map.getContainer());
    drawShapes(atlas);
    drawContextShapes(atlas);
    drawReported(atlas, hint);
    if (atlas.book.spots.placed > BUTTONS) new Points(atlas);
    new Markers(atlas, hint);
  }
  if (atlas.tallies.length) drawUnits(atlas, makeHint(map.getContainer()), (canvas) => add(atlas, canvas));
  if (atlas.borders.length || atlas.areas.length)
    add(
      atlas,
      canvasPane(pane(map, "bm-lines"), (brush) => paintLines(brush, atlas)),
    );
  if (atlas.ground || atlas.places.length) drawNames(atlas);
}

function drawGround(atlas: Atlas): void {
  const ground = atlas.ground!;
  add(
    atlas,
    canvasPane(pane(atlas.map, "bm-ground"), (brush) =>
      paintGround(brush, ground, {
        firstOrder: atlas.store.isOn("base:first-order"),
        rivers: atlas.store.isOn("base:rivers"),
        bold: boldPairs(atlas),
      }),
    ),
  );
}

function drawNames(atlas: Atlas): void {
  const { store } = atlas;
  let ready = false;
  const layer = canvasPane(
    pane(atlas.map, "bm-labels"),
    (brush) =>
      ready &&
      paintLabels(
        brush,
        { ground: atlas.ground, places: atlas.places },
        {
          labels: store.isOn("base:labels"),
          places: store.isOn("places"),
          rivers: store.isOn("base:rivers"),
          links: atlas.linkNames(),
          size: atlas.map.getSize(),
          obstacles: [...atlas.symbols(), ...atlas.marks(), ...atlas.covered()],
        },
      ),
  );
  add(atlas, layer);
  // A canvas would measure and draw with whatever font is there; ours come a moment later.
  atlas.ready = fontsReady().then(() => {
    ready = true;
    layer.repaint();
  });
}

function add(atlas: Atlas, layer: ReturnType<typeof canvasPane>): void {
  layer.addTo(atlas.map);
  atlas.onRepaint(() => layer.repaint());
  atlas.store.subscribe((_, change) => (change.has("on") || change.has("sheet") || isCardChange(change)) && layer.repaint());
}
