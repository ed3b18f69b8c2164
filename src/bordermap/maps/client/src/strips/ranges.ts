// Ranges on a row of edges, as a brush makes them: a range goes from one edge up to another and is never empty.
// Edges are numbers in ascending order, at least two; what they count (days, tenths of a kilometre) is left open.

export type Range = readonly [number, number];
export type Edges = ArrayLike<number>;

/** The last edge at or before a value. */
export function edgeBefore(edges: Edges, value: number): number {
  let [low, high] = [0, edges.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The first edge at or after a value. */
export function edgeAfter(edges: Edges, value: number): number {
  const before = edgeBefore(edges, value);
  return edges[before]! >= value ? before : Math.min(edges.length - 1, before + 1);
}

export function nearestEdge(edges: Edges, value: number): number {
  const before = edgeBefore(edges, value);
  const after = Math.min(edges.length - 1, before + 1);
  return value - edges[before]! > edges[after]! - value ? after : before;
}

/** The numbers of the edges nearest to a range's ends, at least one apart. */
export function indexes(edges: Edges, [low, high]: Range): [number, number] {
  const last = edges.length - 1;
  const from = Math.min(nearestEdge(edges, low), last - 1);
  return [from, Math.max(from + 1, nearestEdge(edges, high))];
}

function between(edges: Edges, from: number, to: number): Range {
  return [edges[from]!, edges[to]!];
}

/** All steps that the way between two values touches. */
export function around(edges: Edges, one: number, other: number): Range {
  const last = edges.length - 1;
  const from = Math.min(edgeBefore(edges, Math.min(one, other)), last - 1);
  return between(edges, from, Math.max(from + 1, edgeAfter(edges, Math.max(one, other))));
}

/** A range with one end (0: its start, 1: its end) at the edge nearest to a value, short of the other end. */
export function withEnd(edges: Edges, range: Range, end: 0 | 1, value: number): Range {
  const [from, to] = indexes(edges, range);
  const at = nearestEdge(edges, value);
  return end === 0 ? between(edges, Math.min(at, to - 1), to) : between(edges, from, Math.max(at, from + 1));
}

/** A range as many steps wide as before, beginning at the edge nearest to a value. */
export function movedTo(edges: Edges, range: Range, value: number): Range {
  const [from, to] = indexes(edges, range);
  const at = Math.min(nearestEdge(edges, value), edges.length - 1 - (to - from));
  return between(edges, at, at + to - from);
}

/** A range moved on by whole steps; it stops at the ends. */
export function movedBy(edges: Edges, range: Range, by: number): Range {
  const [from, to] = indexes(edges, range);
  const at = Math.max(0, Math.min(edges.length - 1 - (to - from), from + by));
  return between(edges, at, at + to - from);
}

/** One end moved by whole steps, short of the other end. */
export function endMovedBy(edges: Edges, range: Range, end: 0 | 1, by: number): Range {
  const at = indexes(edges, range)[end] + by;
  return withEnd(edges, range, end, edges[Math.max(0, Math.min(edges.length - 1, at))]!);
}

export function wholeRange(edges: Edges): Range {
  return [edges[0]!, edges[edges.length - 1]!];
}

/** None where a range leaves out nothing. */
export function unlessWhole(edges: Edges, range: Range): Range | null {
  const [low, high] = wholeRange(edges);
  return range[0] <= low && range[1] >= high ? null : range;
}
