import { rate } from "./rate.ts";
import type { Scenario } from "./scenario.ts";
import { throughput } from "./throughput.ts";

export const SCENARIOS: readonly Scenario[] = [throughput(1), throughput(16), rate];
