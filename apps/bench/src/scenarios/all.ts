import { boot } from "./boot.ts";
import { connect } from "./connect.ts";
import { fanOut } from "./fan-out.ts";
import { growth } from "./growth.ts";
import { page } from "./page.ts";
import { rate } from "./rate.ts";
import { resume } from "./resume.ts";
import type { Scenario } from "./scenario.ts";
import { storm } from "./storm.ts";
import { throughput } from "./throughput.ts";

export const SCENARIOS: readonly Scenario[] = [
  throughput(1),
  throughput(16),
  rate,
  connect,
  fanOut,
  storm,
  growth,
  boot,
  resume,
  page,
];
