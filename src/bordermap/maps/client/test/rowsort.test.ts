import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsOf, sorted, sourceCount, type Column } from "../src/table/rowsort.ts";
import { bookOf, claim, incident } from "./sample.ts";

const listed = { kind: "listed", country: "", label: "" } as const;
const a = incident("a", listed, { dateStart: "2022-05-01", title: "Émeute", status: "denied", where: "Zaranj", claims: [] });
const b = incident("b", listed, {
  dateStart: "2022-04-18T16:20",
  title: "zebra",
  status: "confirmed",
  where: "āqcha",
  claims: [claim(), claim({ sources: [] })],
});
const c = incident("c", listed, {
  dateStart: "2023-01-01",
  title: "alpha",
  status: "reported",
  where: "",
  claims: [
    claim({
      sources: [
        { id: "x", relation: "", differs: "" },
        { id: "y", relation: "", differs: "" },
      ],
    }),
  ],
});
const book = bookOf([a, b, c]);
const ids = (column: Column, down = false): string =>
  [...sorted(book, { column, down })].map((row) => book.incident(row).id).join("");

test("by date, with and without a clock time", () => assert.equal(ids("date"), "bac"));
test("downwards", () => assert.equal(ids("date", true), "cab"));
test("by status in the order of the legend", () => assert.equal(ids("status"), "bca"));
test("by title without accents and case", () => assert.equal(ids("title"), "cab"));
test("by place, what is not known last either way", () => {
  assert.equal(ids("where"), "bac");
  assert.equal(ids("where", true), "abc");
});
test("by claims, ties by date", () => assert.equal(ids("claims"), "acb"));
test("by sources, each once", () => {
  assert.equal(ids("sources"), "abc");
  assert.equal(sourceCount(book.incident(2)), 2);
});
test("claims and sources have columns where there are claims", () => {
  assert.deepEqual(columnsOf(book).slice(-2), ["claims", "sources"]);
});
