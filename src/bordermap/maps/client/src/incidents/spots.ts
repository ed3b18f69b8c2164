// Where the incidents with a point stand, in pixels of zoom 0. Rows near each other in the columns are near each other
// on the map, so blocks of them have small boxes, and what is out of view is passed over block by block.

import { MISSING, type Columns } from "../columns/columns.ts";
import { projectX, projectY } from "../map/projection.ts";

const BLOCK = 1024;

/** West, north, east, south in pixels of zoom 0. */
export type Box = readonly [number, number, number, number];

export class Spots {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** How many rows have a point. */
  readonly placed: number;
  private readonly boxes: Float32Array;
  /** Whether every row of a block has a point. */
  private readonly full: Uint8Array;

  constructor(columns: Columns) {
    const { n } = columns;
    const [lon, lat] = [columns.ints("lon"), columns.ints("lat")];
    this.x = new Float32Array(n).fill(Number.NaN);
    this.y = new Float32Array(n).fill(Number.NaN);
    let placed = 0;
    for (let row = 0; lon && lat && row < n; row++) {
      if (lon[row] === MISSING || lat[row] === MISSING) continue;
      const same = row > 0 && lon[row] === lon[row - 1] && lat[row] === lat[row - 1];
      this.x[row] = same ? this.x[row - 1]! : projectX(lon[row]! / 1e5);
      this.y[row] = same ? this.y[row - 1]! : projectY(lat[row]! / 1e5);
      placed++;
    }
    this.placed = placed;
    this.boxes = this.boxesOf();
    this.full = Uint8Array.from({ length: this.boxes.length / 4 }, (_, at) =>
      Number(this.x.subarray(at * BLOCK, (at + 1) * BLOCK).every((x) => !Number.isNaN(x))),
    );
  }

  /** Ranges of rows (first, one past the last) whose blocks meet a box, and whether all of their rows lie in it. */
  *blocks(box: Box): Generator<[number, number, boolean]> {
    for (let low = 0; low < this.x.length; low += BLOCK) {
      const at = 4 * (low / BLOCK);
      const [west, north, east, south] = [this.boxes[at]!, this.boxes[at + 1]!, this.boxes[at + 2]!, this.boxes[at + 3]!];
      if (west > box[2] || east < box[0] || north > box[3] || south < box[1]) continue;
      const within = west >= box[0] && east <= box[2] && north >= box[1] && south <= box[3];
      yield [low, Math.min(low + BLOCK, this.x.length), within && this.full[low / BLOCK] === 1];
    }
  }

  /** The shown rows with a point in a box; undefined where there are more than `most`. */
  within(box: Box, shown: Uint8Array, most: number): number[] | undefined {
    const found: number[] = [];
    for (const [low, high] of this.blocks(box)) {
      for (let row = low; row < high; row++) {
        const [x, y] = [this.x[row]!, this.y[row]!];
        // What has no point is not a number, and in no box.
        if (!shown[row] || !(x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3])) continue;
        if (found.length === most) return undefined;
        found.push(row);
      }
    }
    return found;
  }

  private boxesOf(): Float32Array {
    const boxes = new Float32Array(4 * Math.ceil(this.x.length / BLOCK));
    for (let low = 0; low < this.x.length; low += BLOCK) {
      let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
      for (let row = low; row < Math.min(low + BLOCK, this.x.length); row++) {
        const [x, y] = [this.x[row]!, this.y[row]!];
        if (x < west) west = x;
        if (x > east) east = x;
        if (y < north) north = y;
        if (y > south) south = y;
      }
      boxes.set([west, north, east, south], 4 * (low / BLOCK));
    }
    return boxes;
  }
}
