// The small label at a symbol under the pointer. Text only; screen readers have the button's own name.

import { el, fill } from "../dom.ts";

export interface Hint {
  show(target: Element, title: string, text?: string): void;
  hide(): void;
}

export function makeHint(container: HTMLElement): Hint {
  const box = el("div", { class: "bm-hint", "aria-hidden": "true", hidden: "" });
  container.append(box);
  return {
    show(target, title, text = "") {
      fill(box, el("strong", { dir: "auto" }, shortened(title)), text ? el("span", { dir: "auto" }, shortened(text)) : null);
      box.hidden = false;
      const [frame, spot, own] = [container.getBoundingClientRect(), target.getBoundingClientRect(), box.getBoundingClientRect()];
      const left = spot.left - frame.left + spot.width / 2 - own.width / 2;
      const above = spot.top - frame.top - own.height - 7;
      box.style.left = `${Math.max(6, Math.min(frame.width - own.width - 6, left))}px`;
      box.style.top = `${above > 6 ? above : spot.bottom - frame.top + 7}px`;
    },
    hide() {
      box.hidden = true;
    },
  };
}

/** @param said title and text, asked for when it is shown */
export function hinted(target: HTMLElement, hint: Hint, said: () => readonly [string, string]): void {
  const show = (): void => hint.show(target, ...said());
  const hide = (): void => hint.hide();
  target.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && show());
  target.addEventListener("focus", () => target.matches(":focus-visible") && show());
  for (const name of ["pointerleave", "blur", "click"]) target.addEventListener(name, hide);
}

function shortened(text: string): string {
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}
