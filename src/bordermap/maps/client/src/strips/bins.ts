// Days, weeks, months and years on the calendar, by arithmetic alone: days are counted from 1 January 1970.
// The numbers of periods are those of `bordermap summary`: 0 holds 1 January 1970; weeks are those of ISO 8601.

export type Unit = "day" | "week" | "month" | "year";
/** From fine to coarse. */
export const UNITS: readonly Unit[] = ["day", "week", "month", "year"];

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** 1 January 1970 was a Thursday: the Monday of its week lies three days before. */
const THURSDAY = 3;
/** From 1 March of the year 0, where the reckoning of leap years begins, to 1 January 1970. */
const EPOCH = 719468;

export interface Civil {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** The calendar's name of a day. */
export function civil(day: number): Civil {
  const shifted = day + EPOCH;
  const era = Math.floor(shifted / 146097);
  const ofEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  };
}

/** The day of a name. */
export function dayOf(year: number, month = 1, day = 1): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + ofYear - EPOCH;
}

/** The number of the day, week, month or year that a day lies in. */
export function periodOf(unit: Unit, day: number): number {
  if (unit === "day") return day;
  if (unit === "week") return Math.floor((day + THURSDAY) / 7);
  const { year, month } = civil(day);
  return unit === "month" ? (year - 1970) * 12 + month - 1 : year - 1970;
}

/** The first day of a period. */
export function firstDay(unit: Unit, period: number): number {
  if (unit === "day") return period;
  if (unit === "week") return period * 7 - THURSDAY;
  if (unit === "year") return dayOf(1970 + period);
  const year = Math.floor(period / 12);
  return dayOf(1970 + year, period - year * 12 + 1);
}

/** "Mar 2022", "2022", "3 Mar 2022", "2022-W09". */
export function periodLabel(unit: Unit, period: number): string {
  if (unit === "day") return dayLabel(period);
  if (unit === "year") return String(1970 + period);
  if (unit === "month") {
    const { year, month } = civil(firstDay("month", period));
    return `${MONTHS[month - 1]} ${year}`;
  }
  const { year } = civil(period * 7);
  const week = Math.floor((period * 7 - dayOf(year)) / 7) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}

/** "3 Mar 2022". */
export function dayLabel(day: number): string {
  const { year, month, day: ofMonth } = civil(day);
  return `${ofMonth} ${MONTHS[month - 1]} ${year}`;
}

/** "Mar". */
export function monthName(month: number): string {
  return MONTHS[month - 1] ?? "";
}

/** "3 Mar 2022 – 9 May 2022", or the one day. */
export function spanLabel(first: number, last: number): string {
  return first === last ? dayLabel(first) : `${dayLabel(first)} – ${dayLabel(last)}`;
}

/** Periods side by side that hold all days from the first to the last. */
export interface Bins {
  readonly unit: Unit;
  readonly size: number;
  /** The number of the first period. */
  readonly first: number;
  /** The first day of each period, and at the end the day after all. */
  readonly starts: Int32Array;
}

export function makeBins(unit: Unit, firstOfAll: number, lastOfAll: number): Bins {
  const first = periodOf(unit, firstOfAll);
  const size = Math.max(1, periodOf(unit, lastOfAll) - first + 1);
  const starts = new Int32Array(size + 1);
  for (let bin = 0; bin <= size; bin++) starts[bin] = firstDay(unit, first + bin);
  return { unit, size, first, starts };
}

/** How many periods hold all days from the first to the last. */
export function periodsIn(unit: Unit, first: number, last: number): number {
  return Math.max(1, periodOf(unit, last) - periodOf(unit, first) + 1);
}

/** The finest of some units that needs no more periods than this; the coarsest where all need more. */
export function binsFor(first: number, last: number, most: number, units: readonly Unit[] = UNITS): Bins {
  const fits = units.find((unit) => periodsIn(unit, first, last) <= most);
  return makeBins(fits ?? units[units.length - 1] ?? "year", first, last);
}

/** The bin that a day lies in; less than 0 before the first, the size or more after the last. */
export function binOf(bins: Bins, day: number): number {
  return periodOf(bins.unit, day) - bins.first;
}

export function binLabel(bins: Bins, bin: number): string {
  return periodLabel(bins.unit, bins.first + bin);
}
