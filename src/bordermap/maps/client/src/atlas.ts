// One map with everything that was added to it. `bordermap.add` fills it; `bordermap.page` builds the page round it.

import { Book } from "./incidents/book.ts";
import type { Columns } from "./columns/columns.ts";
import type { Ground } from "./map/ground.ts";
import { joined } from "./columns/joined.ts";
import type { LinkName } from "./map/labels.ts";
import type { Areas, BorderLine, Context, Incidents, Place } from "./payload.ts";
import type { Rect } from "./map/rects.ts";
import { Store } from "./store.ts";
import type { Tally, Unit } from "./counts/tally.ts";
import { emptyColumns } from "./columns/unpack.ts";

const KEY = Symbol.for("bordermap");

/** A switch of the layer panel. */
export interface Switch {
  key: string;
  label: string;
  group: string;
  /** Said in small type below it. */
  note?: string;
  count?: number;
  icon?: () => Element;
}

export class Atlas {
  readonly store = new Store();
  readonly incidents: Incidents[] = [];
  readonly contexts: Context[] = [];
  readonly areas: Areas[] = [];
  readonly places: Place[] = [];
  readonly borders: BorderLine[] = [];
  readonly tallies: Tally[] = [];
  readonly switches: Switch[] = [];
  ground: Ground | undefined;
  hasPage = false;
  /** Fulfilled when the names are drawn too. */
  ready: Promise<void> = Promise.resolve();
  /** Screen rectangles of panels over the map, in the container's pixels. */
  covered: () => Rect[] = () => [];
  /** Screen rectangles of symbols and badges. */
  symbols: () => Rect[] = () => [];
  /** Screen rectangles of the marks of reported places. */
  marks: () => Rect[] = () => [];
  /** Names of the links that are drawn. */
  linkNames: () => LinkName[] = () => [];
  private readonly unpacking: Promise<Columns>[] = [];
  private readonly waiting: (() => void)[] = [];
  private made: Book | undefined;
  private settling: Promise<void> | undefined;
  private readonly repainters: (() => void)[] = [];

  constructor(readonly map: L.Map) {}

  /** Everything about incidents and context; there is one once the atlas is settled. */
  get book(): Book {
    return (this.made ??= new Book(emptyColumns(), this.incidents, this.contexts));
  }

  /** Columns that are on their way, and what is to be done once all have come. */
  await(columns: Promise<Columns>, then: () => void): void {
    this.unpacking.push(columns);
    this.waiting.push(then);
  }

  /** Fulfilled when all that was added is unpacked; of a page with few incidents all words too. */
  settle(): Promise<void> {
    return (this.settling ??= this.unpacked());
  }

  private async unpacked(): Promise<void> {
    const parts = await Promise.all(this.unpacking);
    this.made = new Book(parts.length ? joined(parts) : emptyColumns(), this.incidents, this.contexts);
    if (this.made.isSmall) await this.made.load(this.made.columns.order);
    for (const then of this.waiting) then();
  }

  /** The cell or border stretch whose card is open. */
  get unit(): Unit | undefined {
    const { unit } = this.store.get();
    if (!unit) return undefined;
    const all = this.tallies.flatMap(({ key, cells, stretches }): readonly Unit[] =>
      unit.startsWith(`${key} cell `) ? cells : unit.startsWith(`${key} stretch `) ? stretches : [],
    );
    return all.find(({ id }) => id === unit);
  }

  addSwitch(given: Switch, on: boolean): void {
    if (this.switches.some((one) => one.key === given.key)) return;
    this.switches.push(given);
    if (on) this.store.turn(given.key, true);
  }

  onRepaint(repaint: () => void): void {
    this.repainters.push(repaint);
  }

  /** Draws every canvas again: the theme, the fonts or the panels changed. */
  repaint(): void {
    for (const repaint of this.repainters) repaint();
  }
}

export function atlasOf(map: L.Map): Atlas {
  const holder = map as L.Map & { [KEY]?: Atlas };
  return (holder[KEY] ??= new Atlas(map));
}
