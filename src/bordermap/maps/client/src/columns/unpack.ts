// Unpacks what the Python side packed: base64 to gzip to byte planes to typed arrays, in plain loops.

import type { Codes, Columns, NumberArray, Sets } from "./columns.ts";
import type { Packed, PackedColumn } from "../payload.ts";
import { Texts } from "./texts.ts";

type Table = PackedColumn["of"];

interface Dictionary {
  readonly words: Record<string, readonly string[]>;
  readonly sets: Record<string, readonly (readonly number[])[]>;
}

/** @param block gives the base64 text of a block by its number */
export async function unpack(packed: Packed, block: (k: number) => string | Promise<string>): Promise<Columns> {
  const bytes = async (k: number): Promise<Uint8Array> => bytesOf(await block(k));
  const [core, dictionary] = await Promise.all([bytes(packed.core), bytes(packed.dictionary)]);
  const known = JSON.parse(new TextDecoder().decode(dictionary)) as Dictionary;
  return new Unpacked(packed, core, known, bytes);
}

export function emptyColumns(): Columns {
  const packed: Packed = {
    n: 0,
    columns: [],
    counts: { row: 0, place: 0, when: 0 },
    texts: { names: [], starts: [0] },
    core: 0,
    dictionary: 1,
  };
  return new Unpacked(packed, new Uint8Array(0), { words: {}, sets: {} }, () => Promise.resolve(new Uint8Array(0)));
}

/** Base64 of gzip as the bytes that were packed. */
export async function bytesOf(base64: string): Promise<Uint8Array> {
  const stream = new Blob([fromBase64(base64)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const native = Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
  if (native.fromBase64) return native.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

class Unpacked implements Columns {
  readonly n: number;
  private readonly described: ReadonlyMap<string, PackedColumn>;
  private readonly gathered = new Map<string, Int32Array | Codes | Sets>();
  private readonly texts: Texts;
  private sorted: Uint32Array | undefined;

  constructor(
    private readonly packed: Packed,
    private readonly core: Uint8Array,
    private readonly known: Dictionary,
    bytes: (k: number) => Promise<Uint8Array>,
  ) {
    this.n = packed.n;
    this.described = new Map(packed.columns.map((column) => [column.name, column]));
    this.texts = new Texts(packed, () => this.order, bytes);
  }

  ints(name: string): Int32Array | undefined {
    const column = this.described.get(name);
    if (column?.kind !== "int") return undefined;
    return this.kept(name, () => this.forRows(column.of, signed(this.numbers(column), column)));
  }

  codes(name: string): Codes | undefined {
    const column = this.described.get(name);
    if (column?.kind !== "code") return undefined;
    return this.kept(name, () => ({
      codes: this.forRows(column.of, narrow(unsigned(this.numbers(column), column), this.wordsOf(name).length)),
      words: this.wordsOf(name),
    }));
  }

  sets(name: string): Sets | undefined {
    const column = this.described.get(name);
    if (column?.kind !== "set") return undefined;
    const sets = this.known.sets[name] ?? [[]];
    return this.kept(name, () => ({
      codes: this.forRows(column.of, narrow(unsigned(this.numbers(column), column), sets.length)),
      words: this.wordsOf(name),
      sets,
    }));
  }

  get order(): Uint32Array {
    return (this.sorted ??= timeOrder(this.ints("when") ?? new Int32Array(this.n), this.packed.counts.when));
  }

  text(name: string, row: number): string | undefined {
    return this.texts.text(name, row);
  }

  load(rows: Iterable<number>): Promise<void> {
    return this.texts.load(rows);
  }

  private kept<T extends Int32Array | Codes | Sets>(name: string, make: () => T): T {
    const found = this.gathered.get(name) ?? make();
    this.gathered.set(name, found);
    return found as T;
  }

  private wordsOf(name: string): readonly string[] {
    return this.known.words[name] ?? [""];
  }

  /** The numbers of a column as they stand in the core: byte plane by byte plane. */
  private numbers({ of, bytes, at }: PackedColumn): Uint32Array {
    const count = this.packed.counts[of];
    const numbers = new Uint32Array(count);
    for (let rank = 0; rank < bytes; rank++) {
      const start = at + rank * count;
      const shift = 8 * rank;
      for (let i = 0; i < count; i++) numbers[i] = (numbers[i] ?? 0) | ((this.core[start + i] ?? 0) << shift);
    }
    return numbers;
  }

  /** The values of places or whens, one for each row. */
  private forRows<T extends NumberArray | Int32Array>(of: Table, values: T): T {
    if (of === "row") return values;
    const at = this.ints(of) ?? new Int32Array(this.n);
    const found = new (values.constructor as new (length: number) => T)(this.n);
    for (let row = 0; row < at.length; row++) found[row] = values[at[row] ?? 0] ?? 0;
    return found;
  }
}

/** Whole numbers with their signs, differences added up: as many bits as Python took. */
function signed(numbers: Uint32Array, { coding }: PackedColumn): Int32Array {
  const found = new Int32Array(numbers.length);
  const isDelta = coding === "delta";
  let before = 0;
  for (let at = 0; at < numbers.length; at++) {
    const coded = numbers[at] ?? 0;
    const value = (coded >>> 1) ^ -(coded & 1);
    before = isDelta ? (before + value) | 0 : value;
    found[at] = before;
  }
  return found;
}

function unsigned(numbers: Uint32Array, column: PackedColumn): Uint32Array {
  return column.coding === "delta" ? new Uint32Array(signed(numbers, column).buffer as ArrayBuffer) : numbers;
}

/** The same numbers in as few bytes as there are words for. */
function narrow(numbers: Uint32Array, words: number): NumberArray {
  if (words <= 1 << 8) return Uint8Array.from(numbers);
  return words <= 1 << 16 ? Uint16Array.from(numbers) : numbers;
}

/** Rows in the order of their dates, by counting; rows of one date in their own order. */
export function timeOrder(when: Int32Array, whens: number): Uint32Array {
  const next = new Uint32Array(whens + 1);
  for (let row = 0; row < when.length; row++) next[(when[row] ?? 0) + 1] = (next[(when[row] ?? 0) + 1] ?? 0) + 1;
  for (let at = 1; at <= whens; at++) next[at] = (next[at] ?? 0) + (next[at - 1] ?? 0);
  const order = new Uint32Array(when.length);
  for (let row = 0; row < when.length; row++) {
    const code = when[row] ?? 0;
    const place = next[code] ?? 0;
    order[place] = row;
    next[code] = place + 1;
  }
  return order;
}
