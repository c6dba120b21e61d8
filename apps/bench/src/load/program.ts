import { closed } from "./closed.ts";
import { connect } from "./connect.ts";
import { fanOut } from "./fan-out.ts";
import { open } from "./open.ts";
import type { Order, Outcome } from "./order.ts";
import { resume } from "./resume.ts";
import { storm } from "./storm.ts";

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
    case "connect":
      return connect(order, job.settleSeconds);
    case "fanOut":
      return fanOut(order);
    case "storm":
      return storm(order);
    case "resume":
      return resume(order, job.missed, job.times);
    default:
      return job satisfies never;
  }
}
