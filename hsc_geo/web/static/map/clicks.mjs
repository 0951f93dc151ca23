/* What is told to Python of a click: a feature without geometry. */

export class Clicks {
  constructor(now = Date.now) {
    this.now = now;
    this.count = 0;
  }

  /** The feature for what was clicked; the same thing clicked twice is two clicks. */
  feature(properties) {
    this.count += 1;
    return { type: "Feature", properties: { ...properties, click: `${this.count}-${this.now()}` }, geometry: null };
  }
}
