import { block } from "./block.ts";
import { multiply } from "./multiply.ts";

// Fills a store: a block of users by the hub's own hand, then copies of that block under other names.

const [, , file = "", users = "", entriesPerUser = ""] = process.argv;
/** Users of a block: the last two digits of a name. */
const BLOCK = 100;

const size = Math.min(BLOCK, Number(users));
await block(file, size, Number(entriesPerUser));
for (const share of multiply(file, Math.ceil(Number(users) / size))) process.send?.(share);
process.disconnect?.();
