// The only way text reaches the page: text nodes and a closed list of attributes. No markup is ever parsed.

/** Attributes that cannot carry script or style. */
type Attribute =
  | "class"
  | "id"
  | "type"
  | "role"
  | "for"
  | "name"
  | "scope"
  | "colspan"
  | "tabindex"
  | "dir"
  | "lang"
  | "title"
  | "hidden"
  | "disabled"
  | "datetime"
  | "href"
  | "aria-label"
  | "aria-labelledby"
  | "aria-describedby"
  | "aria-live"
  | "aria-atomic"
  | "aria-sort"
  | "aria-hidden"
  | "aria-expanded"
  | "aria-controls"
  | "aria-pressed"
  | "aria-current"
  | "aria-selected"
  | "aria-modal";

type SvgAttribute =
  | "class"
  | "id"
  | "viewBox"
  | "width"
  | "height"
  | "x"
  | "y"
  | "x1"
  | "y1"
  | "x2"
  | "y2"
  | "cx"
  | "cy"
  | "r"
  | "d"
  | "points"
  | "fill"
  | "stroke"
  | "stroke-width"
  | "stroke-dasharray"
  | "stroke-linecap"
  | "stroke-linejoin"
  | "opacity"
  | "clip-path"
  | "clipPathUnits"
  | "patternUnits"
  | "patternTransform"
  | "transform"
  | "role"
  | "rx"
  | "aria-hidden"
  | "aria-label"
  | "focusable"
  | "fill-opacity";

export type Attributes = Partial<Record<Attribute, string>>;
export type SvgAttributes = Partial<Record<SvgAttribute, string | number>>;
export type Child = Node | string | null | undefined | false;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes | string = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  const given = typeof attributes === "string" ? { class: attributes } : attributes;
  for (const [name, value] of Object.entries(given)) node.setAttribute(name, value);
  append(node, children);
  return node;
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: SvgAttributes = {},
  ...children: SVGElement[]
): SVGElementTagNameMap[K] {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

export function append(node: Element, children: readonly Child[]): void {
  for (const child of children) if (child) node.append(child);
}

export function fill(node: Element, ...children: Child[]): void {
  node.replaceChildren();
  append(node, children);
}

/** Text that came with the data: its own direction decides how it runs. */
export function words(text: string, tag: "span" | "p" | "div" = "span", className = ""): HTMLElement {
  return el(tag, className ? { class: className, dir: "auto" } : { dir: "auto" }, text);
}

export function button(attributes: Attributes, onClick: (event: MouseEvent) => void, ...children: Child[]): HTMLButtonElement {
  const node = el("button", { type: "button", ...attributes }, ...children);
  node.addEventListener("click", onClick);
  return node;
}

export function safeUrl(url: string | undefined): string {
  return url && /^https?:\/\//i.test(url) ? url : "";
}

/** A link to a source where its address is http(s); the bare text otherwise. */
export function sourceLink(text: string, url: string | undefined): HTMLElement {
  const address = safeUrl(url);
  if (!address) return words(text);
  const link = el("a", { href: address, dir: "auto" }, text);
  link.rel = "noopener noreferrer";
  link.target = "_blank";
  return link;
}

/** Reads a record by a key that came from outside: `__proto__` and its kin find nothing. */
export function pick<T>(record: Record<string, T> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

export function isPrinting(): boolean {
  return document.documentElement.classList.contains("bm-printing");
}

export function isPhone(): boolean {
  return window.matchMedia("(max-width: 760px)").matches;
}

export function movesGently(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
