import assert from "node:assert/strict";
import { test } from "node:test";

import { Book, placeId } from "../../web/js/marks/book.js";
import { History } from "../../web/js/marks/history.js";

const NOTE = {
  id: "n1",
  paper: "report",
  revision: "r1",
  page: 2,
  kind: "note",
  body: { colour: "yellow", x: 1, y: 2, text: "Hỏi" },
};

test("a mark is written down before anything is sent", () => {
  const written = [];
  const book = new Book((changed) => written.push(...changed));
  book.put(NOTE, 1000);
  assert.equal(written[0].mark.at, 1000);
  assert.equal(written[0].unsent, true);
  assert.equal(book.get("n1").page, 2);
});

test("what the server has said to have is not sent again", () => {
  const book = new Book();
  book.put(NOTE, 1000);
  const request = book.request();
  assert.deepEqual(
    request.marks.map((mark) => mark.id),
    ["n1"],
  );
  assert.equal(book.take(request, { version: 1, marks: request.marks }), false);
  assert.deepEqual(book.request(), { since: 1, marks: [] });
});

test("what is changed while the answer is under way stays, and goes next", () => {
  const book = new Book();
  book.put(NOTE, 1000);
  const request = book.request();
  book.put({ ...NOTE, page: 5 }, 2000);
  assert.equal(book.take(request, { version: 1, marks: request.marks }), true);
  assert.equal(book.get("n1").page, 5);
  assert.deepEqual(
    book.request().marks.map((mark) => mark.page),
    [5],
  );
});

test("another device's later change wins, an earlier one does not", () => {
  const book = new Book();
  book.put(NOTE, 1000);
  book.take(book.request(), { version: 1, marks: [{ ...NOTE, page: 7, at: 1500 }] });
  assert.equal(book.get("n1").page, 7);
  book.put({ ...NOTE, page: 9 }, 3000);
  book.take({ since: 1, marks: [] }, { version: 2, marks: [{ ...NOTE, page: 8, at: 2000 }] });
  assert.equal(book.get("n1").page, 9);
});

test("a change is later than what it changes even on a clock that is behind", () => {
  const book = new Book();
  book.take({ since: 0, marks: [] }, { version: 1, marks: [{ ...NOTE, at: 5000 }] });
  book.put({ ...NOTE, page: 3 }, 10);
  assert.equal(book.request().marks[0].at, 5001);
});

test("a mark whose time the server moved is not sent for ever", () => {
  const book = new Book();
  book.put(NOTE, 99_000);
  const request = book.request();
  assert.equal(book.take(request, { version: 1, marks: [{ ...NOTE, at: 50_000 }] }), false);
  assert.equal(book.unsent, 0);
});

test("a deleted mark is gone here and told to the server without its content", () => {
  const book = new Book();
  book.put(NOTE, 1000);
  book.remove("n1", 2000);
  assert.equal(book.get("n1"), undefined);
  assert.deepEqual(book.all(), []);
  const [sent] = book.request().marks;
  assert.equal(sent.deleted, true);
  assert.equal("body" in sent, false);
});

test("a mark on a paper that was withdrawn stays on the device and is tried again when papers change", () => {
  const book = new Book();
  book.put(NOTE, 1000);
  assert.equal(book.take(book.request(), { version: 0, marks: [], refused: ["n1"] }), false);
  assert.deepEqual(book.request().marks, []);
  assert.equal(book.get("n1").id, "n1");
  book.papersChanged();
  assert.deepEqual(
    book.request().marks.map((mark) => mark.id),
    ["n1"],
  );
});

test("a server restored from an older copy gets everything again", () => {
  const book = new Book();
  for (const id of ["a", "b"]) book.put({ ...NOTE, id }, 1000);
  book.take(book.request(), { version: 9, marks: book.request().marks });
  assert.equal(book.take(book.request(), { version: 2, marks: [] }), true);
  assert.deepEqual(
    book.request().marks.map((mark) => mark.id),
    ["a", "b"],
  );
  assert.equal(book.request().since, 0);
});

test("a long absence is sent in parts, and nothing is left behind", () => {
  const book = new Book();
  for (let n = 0; n < 250; n += 1) book.put({ ...NOTE, id: `n${n}` }, 1000 + n);
  const sent = [];
  for (let go = true, version = 0; go;) {
    const request = book.request();
    sent.push(...request.marks.map((mark) => mark.id));
    go = book.take(request, { version: (version += 1), marks: request.marks });
  }
  assert.equal(new Set(sent).size, 250);
  assert.equal(sent.length, 250);
});

test("undo and redo say what each mark becomes", () => {
  const history = new History();
  const mark = { ...NOTE, at: 1 };
  history.did([[null, mark]]);
  history.did([[mark, null]]);
  assert.deepEqual(history.undo(), [{ id: "n1", becomes: mark }]);
  assert.deepEqual(history.undo(), [{ id: "n1", becomes: null }]);
  assert.deepEqual(history.undo(), []);
  assert.deepEqual(history.redo(), [{ id: "n1", becomes: mark }]);
  history.did([[mark, { ...mark, page: 3 }]]);
  assert.deepEqual(history.redo(), [], "what was taken back is gone once something else was done");
});

test("bookmarks and places read are no notes; they are found by their paper, in the order of pages", () => {
  const book = new Book();
  book.put(NOTE, 1000);
  book.put(
    { id: "b2", paper: "report", revision: "r1", page: 9, kind: "bookmark", body: { x: 0, y: 0, text: "Điều 5" } },
    1000,
  );
  book.put(
    { id: "b1", paper: "report", revision: "r0", page: 4, kind: "bookmark", body: { x: 0, y: 0, text: "" } },
    1000,
  );
  book.put(
    { id: placeId("report"), paper: "report", revision: "r1", page: 12, kind: "place", body: { x: 0, y: 0 } },
    1000,
  );
  assert.deepEqual(
    book.all().map(({ id }) => id),
    ["n1"],
  );
  assert.deepEqual(
    book.bookmarks("report").map(({ page }) => page),
    [4, 9],
  );
  assert.equal(book.placeIn("report").page, 12);
  assert.equal(book.placeIn("draft"), undefined);
  assert.equal(book.unsent, 3, "where one reads is nothing that could be lost");
});

/** A server and two devices of one person; each says what it has when it is asked to. */
function two() {
  const kept = new Map();
  let version = 0;
  const device = () => {
    const book = new Book();
    const talk = () => {
      for (let go = true; go;) {
        const request = JSON.parse(JSON.stringify(book.request()));
        for (const mark of request.marks)
          if (!kept.has(mark.id) || kept.get(mark.id).mark.at < mark.at)
            kept.set(mark.id, { mark, version: (version += 1) });
        const marks = [...kept.values()]
          .filter((each) => each.version > request.since || request.marks.some(({ id }) => id === each.mark.id))
          .map(({ mark }) => mark);
        go = book.take(request, { version, marks });
      }
    };
    return {
      book,
      talk,
      away: () => (book.looked = false),
      texts: () =>
        book
          .all()
          .map(({ body }) => body.text)
          .sort(),
    };
  };
  const [one, other] = [device(), device()];
  one.book.put(NOTE, 1000);
  one.talk();
  other.talk();
  for (const each of [one, other]) each.away();
  const say = (each, text, at) => each.book.put({ ...each.book.get("n1"), body: { ...NOTE.body, text } }, at);
  const meet = (...order) => [...order, ...order].forEach((each) => each.talk());
  return { one, other, say, meet };
}

for (const [first, name] of [
  ["one", "the earlier"],
  ["other", "the later"],
]) {
  test(`words of a note changed on two devices without a network are both kept, ${name} coming back first`, () => {
    const { one, other, say, meet } = two();
    say(one, "Hỏi Sở Tài chính", 2000);
    say(other, "Hỏi Sở Xây dựng", 3000);
    meet(...(first === "one" ? [one, other] : [other, one]));
    assert.deepEqual(one.texts(), ["Hỏi Sở Tài chính", "Hỏi Sở Xây dựng"]);
    assert.deepEqual(other.texts(), one.texts());
    assert.equal(one.book.get("n1").body.text, "Hỏi Sở Xây dựng", "the later stays where it was");
    assert.equal(one.book.copies + other.book.copies, 1);
  });
}

test("a note whose words were changed is not deleted by a device that has not read them, and one deleted elsewhere comes back with them", () => {
  for (const order of [(one, other) => [one, other], (one, other) => [other, one]]) {
    const { one, other, say, meet } = two();
    one.book.remove("n1", 3000);
    say(other, "Hỏi kỹ", 2000);
    meet(...order(one, other));
    assert.deepEqual([one.texts(), other.texts()], [["Hỏi kỹ"], ["Hỏi kỹ"]]);
  }
});

test("another colour on one device and other words on the other are both kept in one note", () => {
  const { one, other, say, meet } = two();
  say(one, "Hỏi kỹ", 2000);
  other.book.put({ ...other.book.get("n1"), body: { ...NOTE.body, colour: "pink" } }, 3000);
  meet(one, other);
  assert.deepEqual([one.texts(), one.book.get("n1").body.colour], [["Hỏi kỹ"], "pink"]);
});

test("words typed on while the former were on their way are one note", () => {
  const { one, other, say, meet } = two();
  say(one, "Hỏi Sở", 2000);
  const request = one.book.request();
  one.talk();
  say(one, "Hỏi Sở Tài chính", 2500);
  one.book.take(request, { version: 2, marks: [{ ...NOTE, body: { ...NOTE.body, text: "Hỏi Sở" }, at: 2000 }] });
  meet(one, other);
  assert.deepEqual(other.texts(), ["Hỏi Sở Tài chính"]);
});
