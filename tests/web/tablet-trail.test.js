import assert from "node:assert/strict";
import { test } from "node:test";

import { Trail } from "../../web/js/tablet/trail.js";

const at = (page, paper = "report") => ({ paper, page });
const open = () => true;

test("back leads to where one jumped from, forward there again", () => {
  const trail = new Trail();
  trail.jump(at(3), at(40));
  trail.jump(at(41), at(7));
  assert.deepEqual(trail.back(at(8), open), at(41), "the page one had turned to, not the one jumped to");
  assert.deepEqual(trail.back(at(41), open), at(3));
  assert.equal(trail.back(at(3), open), null);
  assert.deepEqual(trail.forward(at(3), open), at(41));
  assert.deepEqual(trail.forward(at(41), open), at(8));
});

test("a new jump forgets what was ahead", () => {
  const trail = new Trail();
  trail.jump(at(3), at(40));
  trail.back(at(40), open);
  trail.jump(at(3), at(9));
  assert.equal(trail.forward(at(9), open), null);
});

test("a jump to where one is leaves no trace", () => {
  const trail = new Trail();
  trail.jump(at(3), at(3));
  assert.equal(trail.back(at(3), open), null);
});

test("papers that may no longer be read are passed over", () => {
  const trail = new Trail();
  trail.jump(at(3), at(1, "secret"));
  trail.jump(at(2, "secret"), at(5));
  assert.deepEqual(
    trail.back(at(5), ({ paper }) => paper !== "secret"),
    at(3),
  );
});

test("a very long way is forgotten from its beginning", () => {
  const trail = new Trail();
  for (let page = 1; page <= 200; page += 1) trail.jump(at(page), at(page + 1));
  let steps = 0;
  for (let here = at(201); trail.past.length; steps += 1) here = trail.back(here, open) ?? here;
  assert.equal(steps, 50);
});
