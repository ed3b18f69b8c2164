// How incidents are packed, and what those without claims have in common: data from outside, as all of the payload.

/** One column of numbers, as it stands in the block of numbers: `bytes` planes of bytes from `at` on. */
export interface PackedColumn {
  name: string;
  kind: "int" | "code" | "set";
  of: "row" | "place" | "when";
  bytes: number;
  coding: "plain" | "delta";
  at: number;
}

/** What must be known to unpack the blocks that stand beside a layer's data. */
export interface Packed {
  n: number;
  columns: PackedColumn[];
  counts: { row: number; place: number; when: number };
  texts: { names: string[]; starts: number[] };
  core: number;
  dictionary: number;
}

/** What all rows of one dataset share: each is one report of it, and no more. */
export interface DatasetTemplate {
  party: string;
  partyName: string;
  status: string;
  statusWords: string;
  unattributed: boolean;
  voice: string;
  vote: string;
}

/** What rows without claims have in common, so that the card of one can be put together from its columns. */
export interface Template {
  /** By the words of the column `dataset`. */
  datasets: Record<string, DatasetTemplate>;
  stance: string;
  stanceLabel: string;
  about: string;
  aboutLabel: string;
  claimDateLabel: string;
  /** Stands before a title that the client makes of type and place, as it does before those that it is given. */
  titlePrefix?: string;
  /** Words by the codes of the column `responsibility`. */
  responsibility: Record<string, string>;
  /** Labels by the codes of the column `basis`. */
  bases: Record<string, string>;
}
