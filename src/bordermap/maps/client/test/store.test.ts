import assert from "node:assert/strict";
import { test } from "node:test";
import { NONE, Store } from "../src/store.ts";

test("listeners hear what changed, and only when something did", () => {
  const store = new Store();
  const heard: string[][] = [];
  store.subscribe((_, change) => heard.push([...change]));
  store.set({ selected: 1 });
  store.set({ selected: 1 });
  store.turn("base:labels", true);
  store.turn("base:labels", true);
  assert.deepEqual(heard, [["selected"], ["on"]]);
});

test("selecting one incident of a group keeps the group; closing clears it", () => {
  const store = new Store();
  store.selectGroup([1, 2], "A province");
  store.select(2);
  assert.deepEqual([store.get().selected, store.get().group.length], [2, 2]);
  store.select(NONE);
  assert.equal(store.isOpen(), false);
});

test("a context entry closes the incident", () => {
  const store = new Store({ selected: 0 });
  store.selectContext("x");
  assert.deepEqual([store.get().selected, store.get().context], [NONE, "x"]);
});

test("turning a switch off removes it", () => {
  const store = new Store({ on: new Set(["a", "b"]) });
  store.turn("a", false);
  assert.deepEqual([...store.get().on], ["b"]);
});
