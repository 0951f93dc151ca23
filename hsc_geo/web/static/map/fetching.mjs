/* What the map fetches once, from our own host. */

/** The JSON at each address, in their order; rejects when one does not answer with success. */
export function fetchAll(addresses) {
  return Promise.all(addresses.map(fetchOne));
}

async function fetchOne(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}
