// Cells and stretches on the map: drawn, named under the pointer, opened by a click.

import type { Atlas } from "../atlas.ts";
import { canvasPane } from "../map/canvas.ts";
import { paintCells } from "./cells.ts";
import { el } from "../dom.ts";
import type { Hint } from "../map/hint.ts";
import { pane } from "../map/panes.ts";
import { paintStretches } from "./stretches.ts";
import { unitCount, type Unit } from "./tally.ts";
import { unitAt } from "./unitspots.ts";

type Canvas = ReturnType<typeof canvasPane>;

export function drawUnits(atlas: Atlas, hint: Hint, add: (canvas: Canvas) => void): void {
  const { map, store } = atlas;
  add(canvasPane(pane(map, "bm-cells"), (brush) => paintCells(brush, atlas)));
  add(canvasPane(pane(map, "bm-stretches"), (brush) => paintStretches(brush, atlas)));
  map.on("click", ({ latlng }) => {
    const unit = unitAt(atlas, latlng.lng, latlng.lat);
    if (unit) store.selectUnit(unit.id);
  });
  listenHover(atlas, hint);
}

function listenHover(atlas: Atlas, hint: Hint): void {
  const { map } = atlas;
  const container = map.getContainer();
  const spot = el("span", { class: "bm-spot", "aria-hidden": "true" });
  container.append(spot);
  let waiting = false;
  let over: Unit | undefined;
  const leave = (): void => {
    if (over) hint.hide();
    over = undefined;
    container.classList.remove("bm-over");
  };
  map.on("mousemove", ({ latlng, containerPoint, originalEvent }) => {
    const target = originalEvent.target;
    if (waiting || !(target instanceof Element)) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (target.closest("button, a, input")) return leave();
      const unit = unitAt(atlas, latlng.lng, latlng.lat);
      if (!unit) return leave();
      over = unit;
      container.classList.add("bm-over");
      spot.style.left = `${containerPoint.x}px`;
      spot.style.top = `${containerPoint.y}px`;
      hint.show(spot, unitCount(unit), unit.kind === "cell" ? unit.label : `${unit.label}, ${unit.pair}`);
    });
  });
  map.on("mouseout movestart", leave);
}
