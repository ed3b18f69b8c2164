// How each kind of label looks, from which zoom it shows, and what goes before what.

export interface Lettering {
  font: string;
  spacing: number;
  colour: string;
  upper: boolean;
  size: number;
  dot: number;
  halo: number;
}

export const FAMILY =
  '"Source Sans 3", "Source Sans 3 Extended", "Segoe UI", "Noto Sans", "Noto Naskh Arabic", system-ui, sans-serif';

const style = (weight: number, size: number, colour: string, more: Partial<Lettering> = {}): Lettering => ({
  font: `${weight} ${size}px ${FAMILY}`,
  spacing: 0,
  colour,
  upper: false,
  size,
  dot: 0,
  halo: 3,
  ...more,
});

/** The lettering of a base-map label, or nothing where it does not show at this zoom. */
export function letteringOf(kind: string, rank: number, zoom: number, isFocus: boolean): Lettering | undefined {
  if (kind === "country") {
    // From this rank on a country is too small for its name on a map of the world.
    if (rank > 3 && zoom < rank) return undefined;
    const size = Math.round(Math.min(18, Math.max(11, (isFocus ? 15 : 12.5) + (zoom - 6.5) * 1.4 - (rank - 1) * 0.8)));
    return zoom > 9.5
      ? undefined
      : style(600, size, isFocus ? "label-focus" : "label-country", { upper: true, spacing: size * 0.24 });
  }
  if (kind === "admin1") {
    if (zoom < 6.5 + Math.max(0, rank - 2) * 0.5 || zoom > 11) return undefined;
    const size = zoom < 7.5 ? 9.5 : zoom < 9 ? 10.5 : 11.5;
    return style(400, size, "label-admin1", { upper: true, spacing: size * 0.1, halo: 2.6 });
  }
  if (kind === "town") return zoom < rank + 3.5 ? undefined : townLettering(rank, zoom);
  return undefined;
}

function townLettering(rank: number, zoom: number): Lettering {
  if (rank <= 1) return style(600, zoom < 7 ? 12.5 : 14, "label-town", { dot: 5 });
  if (rank <= 3) return style(400, zoom < 7.5 ? 11.5 : 13, "label-town", { dot: 4.4 });
  return style(400, zoom < 9 ? 11 : 12, "label-minor", { dot: 3.6, halo: 2.6 });
}

export function placeLettering(rank: number, zoom: number): Lettering {
  return rank <= 1 ? townLettering(1, zoom) : style(400, zoom < 7.5 ? 11.5 : 12.5, "label-town", { dot: 4.4 });
}

export function riverLettering(zoom: number): Lettering {
  const size = zoom < 9 ? 10 : 11;
  return style(400, size, "label-river", { font: `italic 400 ${size}px ${FAMILY}`, spacing: size * 0.16, halo: 2.4 });
}

/** Beside the middle of a link, clear of the symbols at its ends. */
export const linkLettering: Lettering = style(400, 11.5, "label-town", { font: `italic 400 11.5px ${FAMILY}`, dot: 30 });

export function orderOf(kind: string, rank: number, isFocus: boolean): number {
  if (kind === "country") return isFocus ? 0 : 1;
  if (kind === "place") return rank <= 2 ? 4 + rank : 8 + rank;
  if (kind === "town") return rank <= 2 ? 5 + rank : 20 + rank;
  if (kind === "admin1") return isFocus ? 15 : 19;
  return 60 + rank;
}
