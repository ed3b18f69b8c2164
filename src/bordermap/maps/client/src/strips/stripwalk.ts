// Going through what is drawn in the border strip by keys: left and right along the border, up and down through time.

export interface Stop {
  /** Where it is along the border, and when. */
  readonly along: number;
  readonly when: number;
}

const BY: Record<string, readonly [boolean, number]> = {
  ArrowLeft: [true, -1],
  ArrowRight: [true, 1],
  ArrowUp: [false, -1],
  ArrowDown: [false, 1],
};

/** The number of the next stop, of the first or of the last one in time; undefined for other keys. */
export function nextStop(stops: readonly Stop[], now: number, key: string): number | undefined {
  if (!stops.length) return undefined;
  const inTime = sorted(stops, false);
  if (key === "Home") return inTime[0];
  if (key === "End") return inTime[inTime.length - 1];
  if (!Object.hasOwn(BY, key)) return undefined;
  const [isAlong, by] = BY[key]!;
  const order = isAlong ? sorted(stops, true) : inTime;
  const at = order.indexOf(now);
  if (at < 0) return inTime[0];
  return order[Math.max(0, Math.min(order.length - 1, at + by))];
}

function sorted(stops: readonly Stop[], isAlong: boolean): number[] {
  const [one, other] = isAlong ? (["along", "when"] as const) : (["when", "along"] as const);
  return stops
    .map((_, at) => at)
    .sort((a, b) => stops[a]![one] - stops[b]![one] || stops[a]![other] - stops[b]![other] || a - b);
}
