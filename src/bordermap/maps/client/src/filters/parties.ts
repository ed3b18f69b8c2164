// The words of parties: "role\x1ename".

const BREAK = "\x1e";

/** The groups that parties are listed in. */
export const ROLES: readonly { readonly title: string; readonly said: string; readonly roles: readonly string[] }[] = [
  { title: "Claims responsibility", said: "claims responsibility", roles: ["claims_responsibility"] },
  { title: "Attributed to", said: "attributed to it", roles: ["attributed", "attributed_in_dataset"] },
  { title: "Affected", said: "affected", roles: ["affected"] },
];

export function roleOf(word: string): string {
  const at = word.indexOf(BREAK);
  return at < 0 ? "" : word.slice(0, at);
}

export function nameOf(word: string): string {
  return word.slice(word.indexOf(BREAK) + 1);
}

/** How many parties these words name: one that is said to be the same in two words counts once. */
export function partyCount(words: Iterable<string>): number {
  return new Set(Array.from(words, (word) => `${roleWords(word)}${BREAK}${nameOf(word)}`)).size;
}

/** What a party is said to be in a line: "attributed to it". */
export function roleWords(word: string): string {
  const role = roleOf(word);
  return ROLES.find(({ roles }) => roles.includes(role))?.said ?? "";
}
