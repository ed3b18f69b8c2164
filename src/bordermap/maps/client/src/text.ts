// Words that the client makes itself: counts, lists, capitals.

/** 1344 as "1,344". By hand: the browser's own formatter takes 20 ms to wake. */
export function thousands(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ",");
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${thousands(n)} ${n === 1 ? one : many}`;
}

export function joinWords(parts: readonly string[], last = "and"): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} ${last} ${parts[parts.length - 1] ?? ""}`;
}

export function capital(text: string): string {
  const first = [...text][0] ?? "";
  return first.toUpperCase() + text.slice(first.length);
}

/** A code as words, for codes that no table explains. */
export function plainWords(key: string): string {
  return key.replace(/_/g, " ");
}

export function sentence(text: string): string {
  const trimmed = text.trim();
  return !trimmed || /[.!?…»”"]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** Folded for comparing names: lower case, no accents, no apostrophes. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}|['’ʻʼ`]/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** A code as a class name: only what a style sheet can hold. */
export function slug(key: string): string {
  return key.replace(/[^A-Za-z0-9_-]/g, "").slice(0, 40) || "none";
}
