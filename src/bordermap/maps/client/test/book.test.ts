import assert from "node:assert/strict";
import { test } from "node:test";
import { Book } from "../src/incidents/book.ts";
import { joined } from "../src/columns/joined.ts";
import { nearInPlace, nearInTime } from "../src/incidents/near.ts";
import type { Incident } from "../src/payload.ts";
import { byShape } from "../src/incidents/shapegroups.ts";
import { emptyColumns } from "../src/columns/unpack.ts";
import { bookOf, columnsFor, HOSTILE, incident, sample } from "./sample.ts";

test("incidents come in the order of their dates, undated last", () => {
  const late = incident("late", { kind: "listed", country: "UZB", label: "Uzbekistan" }, { dateStart: "2024-01-01" });
  const undated = incident("undated", { kind: "listed", country: "", label: "" }, { dateStart: "" });
  const early = incident("early", { kind: "point", lon: 67, lat: 37 });
  assert.deepEqual(
    bookOf([late, undated, early])
      .all()
      .map((one) => one.id),
    ["early", "late", "undated"],
  );
});

test("a status or type that no term explains gets one", () => {
  const book = bookOf([incident("a", { kind: "listed", country: "", label: "" }, { status: "half_known", type: "odd" })]);
  assert.deepEqual(book.statuses.at(-1), { key: "half_known", label: "half known" });
  assert.deepEqual(book.types.at(-1), { key: "odd", label: "odd" });
});

test("missing fields are filled, and an area without its shape is listed", () => {
  const book = bookOf([{ id: "bare", standing: { kind: "areal", shape: "nowhere" } } as unknown as Incident]);
  const one = book.incident(0);
  assert.equal(one.title, "bare");
  assert.deepEqual([one.claims, one.figures, one.locations], [[], [], []]);
  assert.equal(book.standing(0).kind, "listed");
});

test("a point without numbers is listed", () => {
  const book = bookOf([incident("odd", { kind: "point", lon: Number.NaN, lat: 37 })]);
  assert.equal(book.standing(0).kind, "listed");
});

test("areal incidents are grouped by shape, the rest counted where only some are wanted", () => {
  const areal = (id: string): Incident => incident(id, { kind: "areal", shape: "area" });
  const book = bookOf([areal("a"), areal("b"), incident("c", { kind: "point", lon: 1, lat: 1 })]);
  assert.deepEqual([...byShape(book)], [["area", { rows: [0, 1], count: 2 }]]);
  assert.deepEqual([...byShape(book, 1)], [["area", { rows: [0], count: 2 }]]);
});

test("names of the prototype find nothing", () => {
  const book = bookOf([]);
  for (const key of ["__proto__", "constructor", "toString", HOSTILE]) {
    assert.equal(book.shape(key), undefined);
    assert.equal(book.source(key), undefined);
  }
});

test("a status that is off hides its incidents", () => {
  const book = bookOf([
    incident("a", { kind: "point", lon: 1, lat: 1 }),
    incident("b", { kind: "point", lon: 1, lat: 1 }, { status: "denied" }),
  ]);
  book.filters.choose("status", new Set(["confirmed"]));
  assert.deepEqual([book.isShown(0), book.isShown(1)], [true, false]);
  assert.equal(byShape(book).size, 0);
});

test("no layers make an empty book", () => {
  const book = new Book(emptyColumns());
  assert.deepEqual([book.n, book.all(), book.statuses, book.context], [0, [], [], []]);
});

test("two layers are one book: rows after rows, words numbered anew, dates in one order", () => {
  const first = [incident("a", { kind: "point", lon: 1, lat: 1 }, { dateStart: "2024-01-01", where: "here" })];
  const second = [incident("b", { kind: "areal", shape: "area" }, { dateStart: "2020-01-01", status: "denied", where: "there" })];
  const book = new Book(joined([columnsFor(first), columnsFor(second)]), [sample(first), sample(second)]);
  assert.deepEqual(
    book.all().map(({ id, row }) => [id, row, book.word("where", row), book.word("status", row)]),
    [
      ["b", 1, "there", "denied"],
      ["a", 0, "here", "confirmed"],
    ],
  );
  assert.equal(book.standing(1).kind, "areal");
});

test("neighbours are the next by date, and the nearest by place, among those shown", () => {
  const at = (id: string, lon: number, dateStart: string, status = "confirmed"): Incident =>
    incident(id, { kind: "point", lon, lat: 37 }, { dateStart, status });
  const book = bookOf([
    at("a", 67, "2022-01-01"),
    at("b", 67.1, "2022-01-02"),
    at("c", 67.01, "2022-01-03", "denied"),
    at("d", 70, "2022-01-04"),
    incident("e", { kind: "listed", country: "", label: "" }, { dateStart: "2022-01-05" }),
  ]);
  assert.deepEqual(
    nearInPlace(book, 0).map(({ row, km }) => [row, Math.round(km ?? 0)]),
    [
      [2, 1],
      [1, 9],
      [3, 266],
    ],
  );
  book.filters.choose("status", new Set(["confirmed"]));
  assert.deepEqual(
    nearInPlace(book, 0).map(({ row }) => row),
    [1, 3],
  );
  assert.deepEqual(
    nearInTime(book, 3).map(({ row }) => row),
    [0, 1, 4],
  );
  assert.deepEqual(nearInPlace(book, 4), []);
});
