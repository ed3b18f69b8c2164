// Elements that stand at places, or a little beside them, and travel with the map's zoom.

import { svg } from "../dom.ts";
import { pane } from "./panes.ts";
import { around, type Rect } from "./rects.ts";

export interface Pin {
  element: HTMLElement;
  lat: number;
  lon: number;
}

export interface View {
  zoom: number;
  /** The map pixel that is layer point 0,0. */
  origin: L.Point;
  /** From layer points to the container's pixels. */
  shift: L.Point;
}

export interface Stand {
  x: number;
  y: number;
  anchorX: number;
  anchorY: number;
  moved: boolean;
  bare?: boolean;
}

type Arrange = (pins: readonly Pin[], view: View) => Stand[];
interface Animated extends L.LeafletEvent {
  center: L.LatLng;
  zoom: number;
}

export class Pins {
  private pins: readonly Pin[] = [];
  private readonly box: HTMLElement;
  private readonly leaders: SVGSVGElement;

  constructor(
    private readonly map: L.Map,
    paneName: "bm-symbols" | "bm-marks",
    private readonly arrange: Arrange,
  ) {
    this.box = L.DomUtil.create("div", "bm-pins");
    this.leaders = svg("svg", {
      class: "bm-leaders leaflet-zoom-hide",
      width: 1,
      height: 1,
      "aria-hidden": "true",
      focusable: "false",
    });
    this.box.append(this.leaders);
    map.getPane(pane(map, paneName))?.append(this.box);
    L.DomEvent.disableClickPropagation(this.box);
    map.on("viewreset moveend zoomend resize", () => this.settle());
    map.on("zoomanim", (event) => this.travel(event as Animated));
  }

  show(pins: readonly Pin[]): void {
    const wanted = new Set(pins.map((pin) => pin.element));
    for (const pin of this.pins) if (!wanted.has(pin.element)) pin.element.remove();
    this.pins = pins;
    for (const { element } of pins) {
      element.classList.add("leaflet-zoom-animated");
      if (element.parentNode !== this.box) this.box.append(element);
    }
    this.settle();
  }

  /** Where the pins stand now, in the container's pixels. */
  rects(side: number): Rect[] {
    if (!this.isReady()) return [];
    const view = viewNow(this.map);
    return this.arrange(this.pins, view).map(({ x, y }) => around(x + view.shift.x, y + view.shift.y, side, side));
  }

  settle(): void {
    if (!this.isReady()) return;
    const stands = this.arrange(this.pins, viewNow(this.map));
    this.move(stands);
    this.drawLeaders(stands);
  }

  private travel({ center, zoom }: Animated): void {
    const inside = this.map as L.Map & { _getNewPixelOrigin(center: L.LatLng, zoom: number): L.Point };
    this.move(this.arrange(this.pins, { zoom, origin: inside._getNewPixelOrigin(center, zoom), shift: L.point(0, 0) }));
  }

  private isReady(): boolean {
    return Boolean((this.map as L.Map & { _loaded?: boolean })._loaded);
  }

  private move(stands: readonly Stand[]): void {
    this.pins.forEach(({ element }, index) => {
      const stand = stands[index];
      if (stand) L.DomUtil.setPosition(element, L.point(Math.round(stand.x), Math.round(stand.y)));
    });
  }

  private drawLeaders(stands: readonly Stand[]): void {
    const dots = new Map<string, SVGElement>();
    const lines: SVGElement[] = [];
    for (const { moved, bare, x, y, anchorX, anchorY } of stands) {
      if (!moved) continue;
      lines.push(svg("line", { class: "bm-leader", x1: anchorX, y1: anchorY, x2: x, y2: y }));
      if (!bare) dots.set(`${anchorX} ${anchorY}`, svg("circle", { class: "bm-anchor", cx: anchorX, cy: anchorY, r: 2.6 }));
    }
    this.leaders.replaceChildren(...lines, ...dots.values());
  }
}

export function viewNow(map: L.Map): View {
  return { zoom: map.getZoom(), origin: map.getPixelOrigin(), shift: map.layerPointToContainerPoint(L.point(0, 0)) };
}

export function layerPoint(map: L.Map, lat: number, lon: number, view: View): L.Point {
  return map.project([lat, lon], view.zoom).subtract(view.origin);
}

/** Every pin at its own place. */
export function inPlace(map: L.Map): Arrange {
  return (pins, view) =>
    pins.map(({ lat, lon }) => {
      const { x, y } = layerPoint(map, lat, lon, view);
      return { x, y, anchorX: x, anchorY: y, moved: false };
    });
}
