/* What the map fetches once, from our own host. */
const REST = 5000; // milliseconds in which what failed is not asked again: a pointer that moves would ask all the time

/** The JSON at each address, in their order; rejects when one does not answer with success. */
export function fetchAll(addresses) {
  return Promise.all(addresses.map(fetchOne));
}

/** The JSON at an address; rejects when it does not answer with success. */
export async function fetchOne(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** Promises by key, the latest so many; one that failed is asked again after a rest. */
export class Kept {
  constructor(most, now = Date.now) {
    this.most = most;
    this.now = now;
    this.known = new Map(); // key -> {promise, failed: when}
  }

  /** The promise of a key; ask() makes it. */
  get(key, ask) {
    const before = this.known.get(key);
    const found = before && this.now() - before.failed < REST ? before : this.asked(ask);
    this.known.delete(key);
    this.known.set(key, found); // the last one is the latest
    for (const old of [...this.known.keys()].slice(0, -this.most)) this.known.delete(old);
    return found.promise;
  }

  asked(ask) {
    const found = { promise: ask(), failed: Infinity };
    found.promise.catch(() => {
      found.failed = this.now();
    });
    return found;
  }

  keys() {
    return [...this.known.keys()];
  }
}
