// Names on the map: measured, placed without collisions, drawn with a halo.

import type { BaseLabel, Ground } from "./ground.ts";
import type { Brush } from "./canvas.ts";
import { letteringOf, linkLettering, orderOf, placeLettering, riverLettering, type Lettering } from "./lettering.ts";
import type { Place } from "../payload.ts";
import { namedPlaces, nearPlaces } from "./placenames.ts";
import { place, type Wanted } from "./placement.ts";
import { project } from "./projection.ts";
import { riverCourse } from "./rivers.ts";
import type { Rect } from "./rects.ts";

interface Item extends Wanted {
  text: string;
  look: Lettering;
  turn: number;
}

export interface Names {
  ground: Ground | undefined;
  places: readonly Place[];
}

export interface LinkName {
  text: string;
  lon: number;
  lat: number;
}

export interface LabelOptions {
  /** Names of claimed links, which come before all others. */
  links: readonly LinkName[];
  /** The map container's size: a name stands wholly inside or wholly outside. */
  size: { x: number; y: number };

  labels: boolean;
  places: boolean;
  rivers: boolean;
  /** In the map container's pixels. */
  obstacles: readonly Rect[];
}

export function paintLabels(brush: Brush, names: Names, options: LabelOptions): void {
  const items = collect(brush, names, options);
  const { offset } = brush;
  const taken = [...options.obstacles, ...edges(options.size)].map((rect) => ({
    minX: rect.minX - offset.x,
    minY: rect.minY - offset.y,
    maxX: rect.maxX - offset.x,
    maxY: rect.maxY - offset.y,
  }));
  const view = { minX: 0, minY: 0, maxX: brush.width, maxY: brush.height };
  const byId = new Map(items.map((item) => [item.id, item]));
  const placed = place(items, taken, view);
  for (const { id } of placed) drawDot(brush, byId.get(id)!);
  for (const { id, x, y } of placed) drawText(brush, byId.get(id)!, x, y);
}

function edges({ x, y }: { x: number; y: number }): Rect[] {
  const far = 1e4;
  return [
    { minX: -1, minY: -far, maxX: 4, maxY: far },
    { minX: x - 4, minY: -far, maxX: x + 1, maxY: far },
    { minX: -far, minY: -1, maxX: far, maxY: 3 },
    { minX: -far, minY: y - 3, maxX: far, maxY: y + 1 },
  ];
}

function collect(brush: Brush, { ground, places }: Names, options: LabelOptions): Item[] {
  const items: Item[] = [];
  options.links.forEach(({ text, lon, lat }, index) => {
    const [x, y] = project(lon, lat);
    add(items, brush, `link ${index}`, text, brush.x(x), brush.y(y), linkLettering, -1);
  });
  if (options.places) {
    for (const {
      place: { id, name, lon, lat },
      rank,
    } of namedPlaces(brush.zoom, places, ground)) {
      const [x, y] = project(lon, lat);
      items.push(
        measured(
          brush,
          `place ${id}`,
          name,
          brush.x(x),
          brush.y(y),
          placeLettering(rank, brush.zoom),
          orderOf("place", rank, false),
        ),
      );
    }
  }
  if (!options.labels || !ground) return items;
  const isNamed = options.places ? nearPlaces(places) : () => false;
  ground.labels.forEach((label, index) => {
    const item = baseItem(brush, label, index, ground.focus);
    if (item && !(label.kind === "town" && isNamed(label))) items.push(item);
  });
  if (options.rivers && brush.zoom >= 6.5) items.push(...riverItems(brush, ground));
  return items;
}

function inside({ box }: Brush, x: number, y: number): boolean {
  return x > box[0] && x < box[2] && y > box[1] && y < box[3];
}

function baseItem(brush: Brush, label: BaseLabel, index: number, focus: string): Item | undefined {
  const isFocus = label.iso3 === focus;
  // Towns away from the country the map is about come a little later.
  const rank = label.kind === "town" && !isFocus && label.rank > 2 ? label.rank + 0.5 : label.rank;
  const look = letteringOf(label.kind, rank, brush.zoom, isFocus);
  if (!look) return undefined;
  const [x, y] = project(label.lon, label.lat);
  if (label.kind !== "country" && !inside(brush, x, y)) return undefined;
  const item = measured(
    brush,
    `base ${String(index).padStart(5, "0")}`,
    label.name,
    brush.x(x),
    brush.y(y),
    look,
    orderOf(label.kind, label.rank, isFocus),
  );
  const { elsewhere } = label;
  return elsewhere
    ? { ...item, elsewhere: () => elsewhere(item.width / 2 / brush.scale).map(([wx, wy]) => [brush.x(wx), brush.y(wy)] as const) }
    : item;
}

function riverItems(brush: Brush, ground: Ground): Item[] {
  const look = riverLettering(brush.zoom);
  const named = new Set<string>();
  return ground.rivers.flatMap(({ name, rank, lines }, index) => {
    if (!name || named.has(name) || brush.zoom < rank + 5) return [];
    named.add(name);
    const item = measured(brush, `river ${index}`, name, 0, 0, look, orderOf("river", rank, false));
    const course = riverCourse(brush, lines, item.width);
    if (!course) return [];
    const [cos, sin] = [Math.abs(Math.cos(course.turn)), Math.abs(Math.sin(course.turn))];
    const [width, height] = [item.width * cos + item.height * sin, item.width * sin + item.height * cos];
    return [{ ...item, x: course.x, y: course.y, turn: course.turn, width, height, fixed: true }];
  });
}

function add(items: Item[], brush: Brush, id: string, text: string, x: number, y: number, look: Lettering, order: number): void {
  if (text) items.push(measured(brush, id, text, x, y, look, order));
}

function measured({ ctx }: Brush, id: string, name: string, x: number, y: number, look: Lettering, order: number): Item {
  const text = (look.upper ? name.toUpperCase() : name).slice(0, 60);
  setFont(ctx, look);
  return { id, x, y, text, look, order, turn: 0, dot: look.dot, width: ctx.measureText(text).width + 2, height: look.size * 1.1 };
}

function setFont(ctx: CanvasRenderingContext2D, look: Lettering): void {
  ctx.font = look.font;
  if ("letterSpacing" in ctx) ctx.letterSpacing = `${look.spacing}px`;
}

function drawDot(brush: Brush, { look, x, y }: Item): void {
  if (!look.dot || look === linkLettering) return;
  const { ctx } = brush;
  ctx.beginPath();
  ctx.arc(x, y, look.dot / 2, 0, 2 * Math.PI);
  ctx.lineWidth = 2;
  ctx.strokeStyle = brush.colour("halo");
  ctx.stroke();
  ctx.fillStyle = brush.colour("dot");
  ctx.fill();
}

function drawText(brush: Brush, { text, look, turn }: Item, x: number, y: number): void {
  const { ctx } = brush;
  ctx.save();
  setFont(ctx, look);
  // Level text starts on a whole pixel: it stays crisp.
  const start = -ctx.measureText(text).width / 2 + look.spacing / 2;
  ctx.translate(turn ? x : Math.round(x + start) - start, turn ? y : Math.round(y));
  ctx.rotate(turn);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = look.halo;
  ctx.strokeStyle = brush.colour("halo");
  ctx.strokeText(text, start, 0);
  ctx.fillStyle = brush.colour(look.colour);
  ctx.fillText(text, start, 0);
  ctx.restore();
}
