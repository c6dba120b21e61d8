import type { Peer } from "./peers/peer.ts";
import type { Run } from "./run.ts";
import type { Scenario, Site } from "./scenarios/scenario.ts";

export type Plan = {
  readonly peers: readonly Peer[];
  readonly scenarios: readonly Scenario[];
  readonly repetitions: number;
  readonly site: Site;
};

export type Events = {
  readonly onStart: (done: number, of: number, scenario: Scenario, peer: Peer) => void;
  readonly onRun: (run: Run) => void;
  /** A run that could not be done; its place stays empty. */
  readonly onFailure: (scenario: Scenario, peer: Peer, error: unknown) => void;
};

/** Runs everything, peers interleaved: what is compared was measured within minutes of each other. */
export async function bench({ peers, scenarios, repetitions, site }: Plan, events: Events): Promise<void> {
  const absent = new Set<Peer>();
  const runs = Array.from({ length: repetitions }, (_, repetition) => repetition).flatMap((repetition) =>
    scenarios.flatMap((scenario) => peers.filter(scenario.suits).map((peer) => ({ repetition, scenario, peer }))),
  );
  for (const [done, { repetition, scenario, peer }] of runs.entries()) {
    if (absent.has(peer)) continue;
    events.onStart(done, runs.length, scenario, peer);
    try {
      const outcome = await scenario.run(peer, { ...site, seed: site.seed + repetition });
      if (outcome === undefined) absent.add(peer);
      else events.onRun({ scenario: scenario.name, peer: peer.name, repetition, ...outcome });
    } catch (error) {
      events.onFailure(scenario, peer, error);
    }
  }
}
