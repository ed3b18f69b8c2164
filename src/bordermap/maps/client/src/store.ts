// What the reader has chosen. Views read it and are told when it changed; which incidents are shown is in `filters.ts`.

/** So many incidents of a group are listed in its card. */
export const LISTED = 60;

/** No incident. */
export const NONE = -1;

export interface State {
  /** The row of the incident whose card is open, or NONE. */
  readonly selected: number;
  /** The incidents listed in the card area (behind a badge), how many there are, and what they share. */
  readonly group: readonly number[];
  readonly groupSize: number;
  readonly groupLabel: string;
  /** The context entry whose card is open, or "". */
  readonly context: string;
  /** The cell or border stretch whose card is open, or "". */
  readonly unit: string;
  /** The incident under the pointer, or NONE. */
  readonly hover: number;
  /** The switches that are on, by key: `role:origin`, `border:AFG-UZB`, `base:labels` … */
  readonly on: ReadonlySet<string>;
  /** Which sheet is open: the table, or on a phone the panel's parts. */
  readonly sheet: "" | "table" | "legend" | "filters" | "time" | "layers" | "about";
  /** Whether the border strip stands above the time strip. */
  readonly border: boolean;
}

export type Change = ReadonlySet<keyof State>;
type Listener = (state: State, change: Change) => void;

const CLOSED = { selected: NONE, group: [], groupSize: 0, groupLabel: "", context: "", unit: "" } as const;
const START: State = { ...CLOSED, hover: NONE, on: new Set(), sheet: "", border: false };

/** Whether another card is open, or none. */
export function isCardChange(change: Change): boolean {
  return (["selected", "group", "context", "unit"] as const).some((key) => change.has(key));
}

export class Store {
  private state: State;
  private readonly listeners: Listener[] = [];

  constructor(start: Partial<State> = {}) {
    this.state = { ...START, ...start };
  }

  get(): State {
    return this.state;
  }

  set(part: Partial<State>): void {
    const change = new Set<keyof State>();
    for (const key of Object.keys(part) as (keyof State)[]) if (part[key] !== this.state[key]) change.add(key);
    if (!change.size) return;
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener(this.state, change);
  }

  subscribe(listener: Listener): void {
    this.listeners.push(listener);
  }

  isOn(key: string): boolean {
    return this.state.on.has(key);
  }

  turn(key: string, on: boolean): void {
    if (this.isOn(key) === on) return;
    const next = new Set(this.state.on);
    if (on) next.add(key);
    else next.delete(key);
    this.set({ on: next });
  }

  /** Opens the card of one incident. */
  select(row: number): void {
    if (row === NONE) return this.close();
    this.set({ selected: row, context: "", unit: "" });
  }

  /** Closes whatever card is open. */
  close(): void {
    this.set(CLOSED);
  }

  /** @param size how many there are, where only some of them are given; no more than `LISTED` are kept */
  selectGroup(rows: readonly number[], label: string, size = rows.length): void {
    const group = rows.length > LISTED ? rows.slice(0, LISTED) : rows;
    this.set({ ...CLOSED, group, groupSize: size, groupLabel: label });
  }

  selectContext(id: string): void {
    this.set({ ...CLOSED, context: id });
  }

  selectUnit(id: string): void {
    this.set({ ...CLOSED, unit: id });
  }

  isOpen(): boolean {
    const { selected, context, unit, group } = this.state;
    return selected !== NONE || Boolean(context || unit || group.length);
  }
}
