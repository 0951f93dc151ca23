/* The small parts of the map: rings, clicks, fetching, elements. */
import assert from "node:assert/strict";
import test from "node:test";

import { Clicks } from "../../hsc_geo/web/static/map/clicks.mjs";
import { element, tipBox } from "../../hsc_geo/web/static/map/dom.mjs";
import { fetchAll } from "../../hsc_geo/web/static/map/fetching.mjs";
import { rings } from "../../hsc_geo/web/static/map/rings.mjs";

const PLACES = [{ at: [52.1, 4.4], members: [0] }];
const MARK = { at: [52.2, 4.5], sign: "+" };

test("where the view is about distance each place and mark has its ring", () => {
  assert.deepEqual(rings(PLACES, { radius: 500, marks: [MARK] }), [
    { at: [52.1, 4.4], radius: 500 },
    { at: [52.2, 4.5], radius: 500 },
  ]);
});

test("a mark may have a distance of its own, also where no place has one", () => {
  assert.deepEqual(rings(PLACES, { radius: 0, marks: [{ ...MARK, radius: 300 }] }), [{ at: [52.2, 4.5], radius: 300 }]);
});

test("without a distance there is no ring", () => {
  assert.deepEqual(rings(PLACES, { radius: 0, marks: [MARK] }), []);
  assert.deepEqual(rings(PLACES, { radius: 0 }), []);
});

test("a click is told as a feature without geometry", () => {
  const { type, geometry } = new Clicks().feature({});
  assert.deepEqual([type, geometry], ["Feature", null]);
});

test("the same thing clicked twice, even at once, is two clicks", () => {
  const clicks = new Clicks(() => 1000);
  const [one, other] = [1, 2].map(() => clicks.feature({ kind: "area", code: "WK1" }));
  assert.deepEqual(one.properties, { kind: "area", code: "WK1", click: "1-1000" });
  assert.notEqual(one.properties.click, other.properties.click);
});

const answering = (answers) => async (address) => answers[address];
const json = (value) => ({ ok: true, json: async () => value });

test("what is fetched comes in the order of its addresses", async (t) => {
  t.mock.method(globalThis, "fetch", answering({ "/areas": json("areas"), "/people": json("people") }));
  assert.deepEqual(await fetchAll(["/people", "/areas"]), ["people", "areas"]);
});

test("one answer without success is a failure that names the address", async (t) => {
  t.mock.method(globalThis, "fetch", answering({ "/areas": json("areas"), "/people": { ok: false, status: 503 } }));
  await assert.rejects(fetchAll(["/areas", "/people"]), /\/people: 503/);
});

/** As much of a document as elements need; its elements know text and children, and no HTML. */
class FakeElement {
  constructor(tag) {
    Object.assign(this, { tag, className: "", children: [] });
  }

  append(...children) {
    this.children.push(...children);
  }

  set innerHTML(_) {
    throw new Error("HTML is made of a text");
  }
}

test("a tooltip is made of elements with text, whatever the text holds", (t) => {
  globalThis.document = { createElement: (tag) => new FakeElement(tag) };
  t.after(() => delete globalThis.document);
  const script = "<script>window.__hacked=1</script>";
  const box = tipBox([{ text: script, strong: true }, { text: "Food bank", aside: script }]);
  assert.deepEqual(box.children.map((row) => [row.tag, row.textContent]), [["strong", script], ["div", "Food bank"]]);
  assert.deepEqual(box.children[1].children.map((part) => [part.tag, part.textContent]), [["i", script]]);
  assert.equal(element("span", "hsc-place", "").textContent, "");
});
