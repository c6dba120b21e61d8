import type { Costs, Habits } from "./figures.ts";
import type { Plan } from "./plan.ts";

/** The plans as a table of Markdown, a column a plan, and below what they rest on. */
export function pageOf(plans: readonly Plan[], costs: Costs, habits: Habits): string {
  const rows: readonly (readonly [string, (plan: Plan) => string])[] = [
    ["connections", ({ connections }) => whole(connections)],
    ["notifications/s, busiest second", ({ notifications }) => whole(notifications)],
    ["connections that come/s", ({ arrivals }) => whole(arrivals)],
    ["installations", ({ cells }) => whole(cells)],
    ["hubs (decided by)", ({ hubs, hubsBy }) => `${whole(hubs)} (${hubsBy})`],
    ["masters of Redis (decided by)", ({ shards, shardsBy }) => `${whole(shards)} (${shardsBy})`],
    ["servers of Redis with replicas", ({ servers }) => whole(servers)],
    ["memory of Redis with replicas, GiB", ({ redisGib }) => whole(redisGib)],
    ["commands in Redis/s", ({ commands }) => whole(commands)],
    ["browsers, Mbit/s", ({ browserMbit }) => whole(browserMbit)],
    ["hubs and Redis, Mbit/s", ({ redisMbit }) => whole(redisMbit)],
    ["of that, bells, Mbit/s", ({ ringMbit }) => whole(ringMbit)],
    ["of each hub's core, bells", ({ ringShare }) => `${(ringShare * 100).toFixed(1)} %`],
  ];
  const lines = [
    `| connected users | ${plans.map(({ users }) => whole(users)).join(" | ")} |`,
    `|---|${plans.map(() => "--:|").join("")}`,
    ...rows.map(([name, cell]) => `| ${name} | ${plans.map(cell).join(" | ")} |`),
  ];
  return `${lines.join("\n")}\n\n${listOf("measured", costs)}\n${listOf("assumed", habits)}`;
}

function listOf(what: string, figures: object): string {
  const all = Object.entries(figures).map(([name, value]) => `${name} ${Number(Number(value).toPrecision(3))}`);
  return `${what}: ${all.join(", ")}\n`;
}

function whole(value: number): string {
  return Math.ceil(value).toLocaleString("en");
}
