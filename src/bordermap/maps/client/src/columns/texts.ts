// Texts, block by block: unpacked when they are asked for, and the last few blocks kept.

import type { Packed } from "../payload.ts";

/** The first block of texts; those before hold numbers and words. */
const FIRST = 2;
/** How many blocks stay unpacked. */
const KEPT = 64;

interface Block {
  readonly bytes: Uint8Array;
  /** Where each text begins, by column; one more than there are rows. */
  readonly starts: readonly Uint32Array[];
}

export class Texts {
  private readonly blocks = new Map<number, Block>();
  private readonly waiting = new Map<number, Promise<void>>();
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly starts: Uint32Array;
  private readonly decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  private positions: Uint32Array | undefined;

  constructor(
    packed: Packed,
    private readonly order: () => Uint32Array,
    private readonly bytesOf: (block: number) => Promise<Uint8Array>,
  ) {
    this.numbers = new Map(packed.texts.names.map((name, at) => [name, at]));
    this.starts = Uint32Array.from(packed.texts.starts);
  }

  /** Undefined while the block of the row is not unpacked, and where there is no such text. */
  text(name: string, row: number): string | undefined {
    const column = this.numbers.get(name);
    const position = this.position(row);
    if (column === undefined || position === undefined) return undefined;
    const k = this.blockOf(position);
    const block = this.blocks.get(k);
    const starts = block?.starts[column];
    if (!block || !starts) return undefined;
    this.keep(k, block);
    const at = position - (this.starts[k] ?? 0);
    return this.decoder.decode(block.bytes.subarray(starts[at], starts[at + 1]));
  }

  async load(rows: Iterable<number>): Promise<void> {
    const wanted = new Set<number>();
    for (const row of rows) {
      const position = this.position(row);
      if (position !== undefined) wanted.add(this.blockOf(position));
    }
    await Promise.all([...wanted].map((k) => this.unpacked(k)));
  }

  private position(row: number): number | undefined {
    if (!this.positions) {
      const order = this.order();
      this.positions = new Uint32Array(order.length);
      for (let at = 0; at < order.length; at++) this.positions[order[at] ?? 0] = at;
    }
    return this.numbers.size && Number.isInteger(row) ? this.positions[row] : undefined;
  }

  /** The block that holds a position in the order of time. */
  private blockOf(position: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= position) low = middle;
      else high = middle;
    }
    return low;
  }

  private unpacked(k: number): Promise<void> {
    const block = this.blocks.get(k);
    if (block) this.keep(k, block);
    if (block) return Promise.resolve();
    const under = this.waiting.get(k);
    if (under) return under;
    const made = this.bytesOf(FIRST + k)
      .then((bytes) => this.keep(k, this.read(k, bytes)))
      .finally(() => this.waiting.delete(k));
    this.waiting.set(k, made);
    return made;
  }

  private read(k: number, bytes: Uint8Array): Block {
    const count = (this.starts[k + 1] ?? 0) - (this.starts[k] ?? 0);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 4 * count * this.numbers.size;
    const starts: Uint32Array[] = [];
    for (let column = 0; column < this.numbers.size; column++) {
      const mine = new Uint32Array(count + 1);
      for (let row = 0; row < count; row++) {
        mine[row] = at;
        at += view.getUint32(4 * (column * count + row), true);
      }
      mine[count] = at;
      starts.push(mine);
    }
    return { bytes, starts };
  }

  /** As the block that was used last; the one that was not used for longest goes. */
  private keep(k: number, block: Block): void {
    this.blocks.delete(k);
    this.blocks.set(k, block);
    for (const oldest of this.blocks.keys()) {
      if (this.blocks.size <= KEPT) break;
      this.blocks.delete(oldest);
    }
  }
}
