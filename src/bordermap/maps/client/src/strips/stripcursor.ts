// What is under the pointer in the border strip, and a cursor that goes through it by keys.

import { el } from "../dom.ts";
import { MARGIN } from "./borderscale.ts";
import { nextStop } from "./stripwalk.ts";
import type { Target, Targets } from "./striptargets.ts";

let strips = 0;

/** A list of which one entry exists at a time: the one that the cursor is at. */
export class StripCursor {
  readonly element: HTMLElement;
  readonly spot = el("p", { class: "bm-strip-spot", dir: "auto", "aria-hidden": "true" });
  private readonly option: HTMLElement;
  private targets: Targets = { all: [], under: () => undefined };
  private now = -1;

  constructor(private readonly select: (target: Target) => void) {
    this.option = el("div", { class: "bm-strip-cursor", role: "option", id: `bm-strip-cell-${++strips}`, hidden: "" });
    const label = "Along the border by date: arrow keys move, Enter lists incidents";
    this.element = el("div", { class: "bm-strip-cells", role: "listbox", tabindex: "0", "aria-label": label }, this.option);
    this.element.addEventListener("keydown", (event) => this.keydown(event));
    this.element.addEventListener("focus", () => this.move(Math.max(0, this.now)));
    this.element.addEventListener("blur", () => this.rest());
  }

  /** What is drawn now. The cursor keeps its place where it can. */
  show(targets: Targets): void {
    const old = this.targets.all[this.now];
    this.targets = targets;
    this.now = old ? targets.all.findIndex(({ label }) => label === old.label) : -1;
    if (document.activeElement === this.element) this.move(Math.max(0, this.now));
  }

  listenTo(plot: HTMLElement): void {
    plot.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch" || event.buttons) return;
      const target = this.under(plot, event);
      this.spot.textContent = target?.text ?? "";
      plot.classList.toggle("bm-over-cell", target !== undefined);
    });
    plot.addEventListener("pointerleave", () => (this.spot.textContent = ""));
  }

  /** Selects what lies there, in pixels of the canvas. */
  press(x: number, y: number): void {
    const target = this.targets.under(x, y);
    if (!target) return;
    this.spot.textContent = target.text;
    this.select(target);
  }

  private under(plot: HTMLElement, event: PointerEvent): Target | undefined {
    const box = plot.getBoundingClientRect();
    return this.targets.under(event.clientX - box.left + MARGIN.left, event.clientY - box.top + MARGIN.top);
  }

  private keydown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const target = this.targets.all[this.now];
    const next = nextStop(this.targets.all, this.now, event.key);
    if (next !== undefined) this.move(next);
    else if ((event.key === "Enter" || event.key === " ") && target) this.select(target);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private move(to: number): void {
    const target = this.targets.all[to];
    if (!target) return this.rest();
    this.now = to;
    const { x, y, width, height } = target.box;
    Object.assign(this.option.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
    this.option.hidden = false;
    this.option.setAttribute("aria-label", target.text);
    this.option.setAttribute("aria-selected", "true");
    this.option.setAttribute("aria-setsize", String(this.targets.all.length));
    this.option.setAttribute("aria-posinset", String(to + 1));
    this.element.setAttribute("aria-activedescendant", this.option.id);
    this.spot.textContent = target.text;
  }

  private rest(): void {
    this.option.hidden = true;
    this.spot.textContent = "";
    this.element.removeAttribute("aria-activedescendant");
  }
}
