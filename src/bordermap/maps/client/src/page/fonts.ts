// The page's own fonts: a canvas does not wait for them, so we do.

const FACES = [
  '400 12px "Source Sans 3"',
  '600 12px "Source Sans 3"',
  '400 12px "Source Sans 3 Extended"',
  '600 20px "Source Serif 4"',
];

let loading: Promise<unknown> | undefined;

/** Starts at the first call, so that the fonts are unpacked while the layers are read. */
export async function fontsReady(): Promise<void> {
  if (!("fonts" in document)) return;
  await (loading ??= Promise.allSettled(FACES.map((face) => document.fonts.load(face, "aā"))));
}
