import { closed } from "./closed.ts";
import { open } from "./open.ts";
import type { Order, Outcome } from "./order.ts";

// The load generator: a process of its own that does one order and tells what came of it.

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only `generate` starts this program, with such an order.
const order = JSON.parse(process.argv[2] ?? "") as Order;
process.on("disconnect", () => process.exit(1));
process.send?.(await outcomeOf(order));
process.exit(0);

function outcomeOf({ job }: Order): Promise<Outcome> {
  switch (job.kind) {
    case "closed":
      return closed(order, job.window);
    case "open":
      return open(order, job.perSecond);
    default:
      throw new Error(`Not yet: ${job.kind}`);
  }
}
