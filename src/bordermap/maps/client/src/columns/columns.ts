// The columns of the incidents: numbers in typed arrays, words beside them.

/** Stands in columns of numbers where nothing is known. */
export const MISSING = -2147483648;

export type NumberArray = Uint8Array | Uint16Array | Uint32Array;

export interface Codes {
  readonly codes: NumberArray;
  readonly words: readonly string[];
}

/** The codes number sets; a set is a list of numbers into the words. */
export interface Sets extends Codes {
  readonly sets: readonly (readonly number[])[];
}

/** Every column has one value for each row; those of places and of dates are gathered when first asked for. */
export interface Columns {
  readonly n: number;
  ints(name: string): Int32Array | undefined;
  codes(name: string): Codes | undefined;
  sets(name: string): Sets | undefined;
  /** The rows in the order of their dates. */
  readonly order: Uint32Array;
  /** Undefined while its block is not unpacked. */
  text(name: string, row: number): string | undefined;
  /** Unpacks the texts that these rows need; the blocks that were used last are kept. */
  load(rows: Iterable<number>): Promise<void>;
}
