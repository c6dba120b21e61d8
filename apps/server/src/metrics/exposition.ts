import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Distribution } from "./distribution.ts";

/** A number for each value of a label. */
export type ByLabel = Iterable<readonly [value: string, number: number]>;

/** Says in the text format of Prometheus what others count. It reads them when it is asked, and shares nothing with another. */
export class Exposition {
  readonly #registry = new Registry();

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  /** What only rises. */
  count(name: string, help: string, read: () => number): void {
    const collect = () => {
      counter.reset();
      counter.inc(read());
    };
    const counter: Counter = new Counter({ name, help, registers: [this.#registry], collect });
  }

  counts(name: string, help: string, label: string, read: () => ByLabel): void {
    const collect = () => {
      counter.reset();
      for (const [value, count] of read()) counter.inc({ [label]: value }, count);
    };
    const counter: Counter = new Counter({ name, help, labelNames: [label], registers: [this.#registry], collect });
  }

  /** What rises and falls. */
  level(name: string, help: string, read: () => number | Promise<number>): void {
    const collect = async () => gauge.set(await read());
    const gauge: Gauge = new Gauge({ name, help, registers: [this.#registry], collect });
  }

  levels(name: string, help: string, label: string, read: () => ByLabel): void {
    const collect = () => {
      gauge.reset();
      for (const [value, level] of read()) gauge.set({ [label]: value }, level);
    };
    const gauge: Gauge = new Gauge({ name, help, labelNames: [label], registers: [this.#registry], collect });
  }

  distribution(name: string, help: string, of: Distribution): void {
    const histogram = new Histogram({ name, help, buckets: [...of.bounds], registers: [this.#registry] });
    // The library's own buckets stay empty: these are what its text is made of.
    Object.assign(histogram, {
      getForPromString: () => Promise.resolve({ name, help, type: "histogram", values: valuesOf(name, of) }),
    });
  }

  /** What the library knows of the process and of Node. */
  process(): void {
    collectDefaultMetrics({ register: this.#registry });
    for (const name of UNWANTED) this.#registry.removeSingleMetric(name);
  }
}

function valuesOf(name: string, of: Distribution) {
  const counts = of.cumulative();
  return [
    ...counts.map((value, n) => ({ metricName: `${name}_bucket`, labels: { le: of.bounds[n] ?? "+Inf" }, value })),
    { metricName: `${name}_sum`, labels: {}, value: of.sum },
    { metricName: `${name}_count`, labels: {}, value: counts.at(-1) ?? 0 },
  ];
}

/**
 * Lists of every handle, which is every connection, made anew at each reading, and gauges that are called a total; and the loop's
 * delay, which whoever reads first takes from all others: ours is a histogram.
 */
const UNWANTED = [
  ...["handles", "requests", "resources"].flatMap((kind) => [`nodejs_active_${kind}`, `nodejs_active_${kind}_total`]),
  ...["", "min_", "max_", "mean_", "stddev_", "p50_", "p90_", "p99_"].map((of) => `nodejs_eventloop_lag_${of}seconds`),
];
