// What the strips of time and of the border have in common.

import { el } from "../dom.ts";

export interface Strip {
  readonly element: HTMLElement;
  /** Counts what may have changed and paints all anew. */
  refresh(): void;
  destroy(): void;
}

/** A strip that has nothing to draw says so. */
export function emptyStrip(sentence: string): Strip {
  const nothing = (): void => undefined;
  return { element: el("section", "bm-strip bm-strip-empty", el("p", "bm-quiet", sentence)), refresh: nothing, destroy: nothing };
}
