/** Where does chance come from? From a seed, so that a failing run can be played again. */

/** Mulberry32: small, fast and good enough to choose what a person does next. */
export function randomOf(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    of: (list) => list[below(list.length)],
    isLucky: (chance) => next() < chance,
    /** table: [[weight, choice], …] */
    weighted(table) {
      const total = table.reduce((sum, [weight]) => sum + weight, 0);
      let left = next() * total;
      for (const [weight, choice] of table) {
        left -= weight;
        if (left < 0) return choice;
      }
      return table.at(-1)[1];
    },
  };
}
