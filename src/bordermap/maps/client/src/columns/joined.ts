// The columns of several layers as those of one: rows after rows, words and sets numbered anew.

import { MISSING, type Codes, type Columns, type Sets } from "./columns.ts";

export function joined(parts: readonly Columns[]): Columns {
  return parts.length === 1 ? parts[0]! : new Joined(parts);
}

class Joined implements Columns {
  readonly n: number;
  private readonly starts: number[] = [];
  private readonly made = new Map<string, unknown>();

  constructor(private readonly parts: readonly Columns[]) {
    let n = 0;
    for (const part of parts) {
      this.starts.push(n);
      n += part.n;
    }
    this.n = n;
  }

  ints(name: string): Int32Array | undefined {
    return this.once(`int ${name}`, () => {
      const given = this.parts.map((part) => part.ints(name));
      if (!given.some(Boolean)) return undefined;
      const all = new Int32Array(this.n).fill(MISSING);
      given.forEach((one, at) => one && all.set(one, this.starts[at]));
      return all;
    });
  }

  codes(name: string): Codes | undefined {
    return this.once(`code ${name}`, () => {
      const given = this.parts.map((part) => part.codes(name));
      if (!given.some(Boolean)) return undefined;
      const [words, numbers] = this.words(given);
      const codes = new Uint32Array(this.n);
      given.forEach((one, at) => one?.codes.forEach((code, row) => (codes[this.starts[at]! + row] = numbers[at]![code] ?? 0)));
      return { codes, words };
    });
  }

  sets(name: string): Sets | undefined {
    return this.once(`set ${name}`, () => {
      const given = this.parts.map((part) => part.sets(name));
      if (!given.some(Boolean)) return undefined;
      const [words, numbers] = this.words(given);
      const [sets, codes]: [number[][], Uint32Array] = [[[]], new Uint32Array(this.n)];
      given.forEach((one, at) => {
        const offset = sets.length;
        for (const members of one?.sets ?? []) sets.push(members.map((word) => numbers[at]![word] ?? 0));
        one?.codes.forEach((code, row) => (codes[this.starts[at]! + row] = offset + code));
      });
      return { codes, sets, words };
    });
  }

  get order(): Uint32Array {
    return this.once("order", () => {
      const [from, to] = [this.ints("from"), this.ints("to")];
      const key = (column: Int32Array | undefined, row: number): number => {
        const day = column?.[row] ?? MISSING;
        return day === MISSING ? Infinity : day;
      };
      const rows = new Uint32Array(this.n).map((_, row) => row);
      // Two dates that are not known are equal; their difference would be no number.
      const by = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
      return rows.sort((a, b) => by(key(from, a), key(from, b)) || by(key(to, a), key(to, b)) || a - b);
    });
  }

  text(name: string, row: number): string | undefined {
    const at = this.partOf(row);
    return this.parts[at]?.text(name, row - this.starts[at]!);
  }

  async load(rows: Iterable<number>): Promise<void> {
    const wanted = this.parts.map((): number[] => []);
    for (const row of rows) {
      const at = this.partOf(row);
      wanted[at]?.push(row - this.starts[at]!);
    }
    await Promise.all(this.parts.map((part, at) => part.load(wanted[at]!)));
  }

  private partOf(row: number): number {
    let at = this.starts.length - 1;
    while (at > 0 && this.starts[at]! > row) at--;
    return at;
  }

  /** The words of all parts, each once, and the new number of each part's words. */
  private words(given: readonly (Codes | undefined)[]): [string[], number[][]] {
    const all = new Map<string, number>([["", 0]]);
    const numbers = given.map((one) =>
      (one?.words ?? []).map((word) => {
        if (!all.has(word)) all.set(word, all.size);
        return all.get(word)!;
      }),
    );
    return [[...all.keys()], numbers];
  }

  private once<T>(key: string, make: () => T): T {
    if (!this.made.has(key)) this.made.set(key, make());
    return this.made.get(key) as T;
  }
}
