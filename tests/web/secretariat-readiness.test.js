import assert from "node:assert/strict";
import { test } from "node:test";
import { leftToDo } from "../../web/js/secretariat/readiness.js";

/** @param {string} phase @param {string[]} titles */
const view = (phase, titles) =>
  /** @type {import("../../web/js/lib/types").View} */ (
    /** @type {unknown} */ ({
      meeting: { phase, starts: 10, room: "A" },
      people: { c: { role: "chair", member: true }, s: { role: "screen" } },
      agenda: {
        items: Object.fromEntries(
          titles.map((title, order) => [`i${order}`, { title, order, number: `${order + 1}`, kind: "information" }]),
        ),
      },
      papers: {},
      voting: {},
      preparing: {
        a: { state: "draft" },
        b: { state: "returned", paper: "x" },
        c: { state: "submitted" },
        d: { state: "approved" },
        e: { state: "draft" },
        f: { state: "submitted" },
      },
    })
  );

test("papers that are missing and papers that are not approved are counted apart", () => {
  const tasks = leftToDo(view("draft", []), 0).filter(({ section }) => section === "ready");
  assert.deepEqual(
    tasks.map(({ key, params }) => [key, params.n]),
    [
      ["papers_missing", 3],
      ["papers_submitted", 2],
    ],
  );
});

test("opening, break and closing need no paper, however they are typed", () => {
  const titles = [
    "Khai mạc",
    "1. Phát biểu bế mạc của Chủ tịch",
    "Bế mạc".normalize("NFD"),
    "Giải lao",
    "Kết luận phiên họp",
    "Báo cáo tình hình",
  ];
  const lacking = leftToDo(view("draft", titles), 0).filter(({ key }) => key === "no_paper");
  assert.deepEqual(
    lacking.map(({ params }) => params.number),
    ["6"],
  );
});

test("nothing is left to do once the meeting is over", () =>
  assert.deepEqual(leftToDo(view("closed", ["Báo cáo"]), 0), []));
