// Latency histogram of constant size: logarithmic buckets, 1 % wide.

const GROWTH = Math.log(1.01);
const FLOOR_MS = 0.001;
const BUCKETS = 1900; // 0.001 ms * 1.01^1900 is about 160 s

export class Histogram {
  constructor() {
    this.counts = new Float64Array(BUCKETS);
    this.n = 0;
    this.max = 0;
  }

  /** Record `weight` values of `ms`. */
  add(ms, weight = 1) {
    let i = ms <= FLOOR_MS ? 0 : Math.floor(Math.log(ms / FLOOR_MS) / GROWTH);
    if (i >= BUCKETS) i = BUCKETS - 1;
    this.counts[i] += weight;
    this.n += weight;
    if (ms > this.max) this.max = ms;
  }

  quantile(q) {
    if (this.n === 0) return null;
    const rank = q * this.n;
    let seen = 0;
    for (let i = 0; i < BUCKETS; i++) {
      seen += this.counts[i];
      if (seen >= rank) return FLOOR_MS * Math.exp((i + 0.5) * GROWTH);
    }
    return this.max;
  }

  summary() {
    const r = (v) => (v === null ? null : Math.round(v * 1000) / 1000);
    return {
      n: this.n,
      p50: r(this.quantile(0.5)),
      p95: r(this.quantile(0.95)),
      p99: r(this.quantile(0.99)),
      max: r(this.max),
    };
  }
}
