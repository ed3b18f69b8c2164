// What the reader has chosen. Views read it and are told when it changed; nothing else holds such state.

export interface State {
  /** The incident whose card is open, or "". */
  readonly selected: string;
  /** The incidents listed in the card area (behind a badge), and what they share. */
  readonly group: readonly string[];
  readonly groupLabel: string;
  /** The context entry whose card is open, or "". */
  readonly context: string;
  /** The cell or border stretch whose card is open, or "". */
  readonly unit: string;
  /** The incident under the pointer, or "". */
  readonly hover: string;
  /** The switches that are on, by key: `status:denied`, `role:origin`, `border:AFG-UZB`, `base:labels` … */
  readonly on: ReadonlySet<string>;
  /** Which sheet is open: the table, or on a phone the panel's parts. */
  readonly sheet: "" | "table" | "legend" | "layers" | "about";
}

export type Change = ReadonlySet<keyof State>;
type Listener = (state: State, change: Change) => void;

const START: State = { selected: "", group: [], groupLabel: "", context: "", unit: "", hover: "", on: new Set(), sheet: "" };

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

  /** Opens the card of one incident; "" closes whatever is open. */
  select(id: string): void {
    this.set({ selected: id, context: "", unit: "", ...(id ? {} : { group: [], groupLabel: "" }) });
  }

  selectGroup(ids: readonly string[], label: string): void {
    this.set({ selected: "", context: "", unit: "", group: ids, groupLabel: label });
  }

  selectContext(id: string): void {
    this.set({ selected: "", group: [], groupLabel: "", context: id, unit: "" });
  }

  selectUnit(id: string): void {
    this.set({ selected: "", group: [], groupLabel: "", context: "", unit: id });
  }

  isOpen(): boolean {
    return Boolean(this.state.selected || this.state.context || this.state.unit || this.state.group.length);
  }
}
