import assert from "node:assert/strict";
import { test } from "node:test";
import { Store } from "../src/store.ts";

test("listeners hear what changed, and only when something did", () => {
  const store = new Store();
  const heard: string[][] = [];
  store.subscribe((_, change) => heard.push([...change]));
  store.set({ selected: "a" });
  store.set({ selected: "a" });
  store.turn("status:denied", true);
  store.turn("status:denied", true);
  assert.deepEqual(heard, [["selected"], ["on"]]);
});

test("selecting one incident of a group keeps the group; closing clears it", () => {
  const store = new Store();
  store.selectGroup(["a", "b"], "A province");
  store.select("b");
  assert.deepEqual([store.get().selected, store.get().group.length], ["b", 2]);
  store.select("");
  assert.equal(store.isOpen(), false);
});

test("a context entry closes the incident", () => {
  const store = new Store({ selected: "a" });
  store.selectContext("x");
  assert.deepEqual([store.get().selected, store.get().context], ["", "x"]);
});

test("turning a switch off removes it", () => {
  const store = new Store({ on: new Set(["a", "b"]) });
  store.turn("a", false);
  assert.deepEqual([...store.get().on], ["b"]);
});
