import assert from "node:assert/strict";
import { test } from "node:test";
import { byShape, isShown, makeBook, standingOf } from "../src/book.ts";
import type { Incident } from "../src/payload.ts";
import { HOSTILE, incident, sample } from "./sample.ts";

test("incidents come in the order of their dates, undated last", () => {
  const late = incident("late", { kind: "listed", country: "UZB", label: "Uzbekistan" }, { dateStart: "2024-01-01" });
  const undated = incident("undated", { kind: "listed", country: "", label: "" }, { dateStart: "" });
  const early = incident("early", { kind: "point", lon: 67, lat: 37 });
  assert.deepEqual(
    makeBook([sample([late, undated, early])]).incidents.map((one) => one.id),
    ["early", "late", "undated"],
  );
});

test("a status or type that no term explains gets one", () => {
  const book = makeBook([
    sample([incident("a", { kind: "listed", country: "", label: "" }, { status: "half_known", type: "odd" })]),
  ]);
  assert.deepEqual(book.statuses.at(-1), { key: "half_known", label: "half known" });
  assert.deepEqual(book.types.at(-1), { key: "odd", label: "odd" });
});

test("missing fields are filled, and an area without its shape is listed", () => {
  const bare = { id: "bare", standing: { kind: "areal", shape: "nowhere" } } as unknown as Incident;
  const book = makeBook([sample([bare])]);
  const one = book.incidents[0]!;
  assert.equal(one.title, "bare");
  assert.deepEqual([one.claims, one.figures, one.locations], [[], [], []]);
  assert.equal(standingOf(book, one).kind, "listed");
});

test("a point without numbers is listed", () => {
  const odd = incident("odd", { kind: "point", lon: Number.NaN, lat: 37 });
  const book = makeBook([sample([odd])]);
  assert.equal(standingOf(book, book.incidents[0]!).kind, "listed");
});

test("areal incidents are grouped by shape", () => {
  const areal = (id: string): Incident => incident(id, { kind: "areal", shape: "area" });
  const book = makeBook([sample([areal("a"), areal("b"), incident("c", { kind: "point", lon: 1, lat: 1 })])]);
  assert.deepEqual(
    [...byShape(book, book.incidents)].map(([id, list]) => [id, list.length]),
    [["area", 2]],
  );
});

test("names of the prototype find nothing", () => {
  const book = makeBook([sample([])]);
  for (const key of ["__proto__", "constructor", "toString", HOSTILE]) {
    assert.equal(book.shape(key), undefined);
    assert.equal(book.source(key), undefined);
  }
});

test("a status that is off hides its incidents", () => {
  const one = incident("a", { kind: "point", lon: 1, lat: 1 });
  assert.equal(isShown(one, new Set(["status:confirmed"])), true);
  assert.equal(isShown(one, new Set(["status:denied"])), false);
});

test("no layers make an empty book", () => {
  const book = makeBook([]);
  assert.deepEqual([book.incidents, book.statuses, book.context], [[], [], []]);
});
