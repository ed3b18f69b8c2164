// Where the ticks of a time axis stand and what they are called.

import { civil, dayLabel, firstDay, monthName, periodOf, type Unit } from "./bins.ts";

export interface Tick {
  readonly day: number;
  readonly label: string;
  /** Whether a year begins here. */
  readonly year: boolean;
}

const STEPS: readonly (readonly [Unit, number, number])[] = [
  ["day", 1, 1],
  ["week", 1, 7],
  ["month", 1, 30.44],
  ["month", 3, 91.3],
  ["month", 6, 182.6],
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((every) => ["year", every, 365.25 * every] as const),
];

/** Ticks between two days, no nearer to each other than `apart` where `pixels` show all days. */
export function timeTicks(first: number, after: number, pixels: number, apart: number): Tick[] {
  const perDay = pixels / Math.max(1, after - first);
  const [unit, every] = STEPS.find(([, , days]) => days * perDay >= apart) ?? STEPS[STEPS.length - 1]!;
  const ticks: Tick[] = [];
  // Round years are those of the calendar, not those since 1970.
  const zero = unit === "year" ? 1970 : 0;
  const begin = Math.ceil((periodOf(unit, first) + zero) / every) * every - zero;
  for (let period = begin; firstDay(unit, period) < after; period += every) {
    const day = firstDay(unit, period);
    if (day >= first) ticks.push(tick(unit, day, ticks.length === 0));
  }
  return ticks;
}

/** A year has its number, a month its name; the first tick says what year that is. */
function tick(unit: Unit, day: number, full: boolean): Tick {
  const { year, month, day: ofMonth } = civil(day);
  const begins = month === 1 && ofMonth === 1;
  if (unit === "year" || (unit === "month" && begins)) return { day, label: String(year), year: begins };
  if (unit === "month") return { day, label: full ? `${monthName(month)} ${year}` : monthName(month), year: false };
  return { day, label: full ? dayLabel(day) : `${ofMonth} ${monthName(month)}`, year: begins };
}
