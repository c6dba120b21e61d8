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
  readonly onRun: (scenario: Scenario, run: Run) => Promise<void> | void;
  /** The run could not be done; its place stays empty. */
  readonly onFailure: (error: unknown) => void;
  /** The peer is not on this machine, and is not tried again. */
  readonly onAbsent: () => void;
};

/** Runs everything, peers interleaved: what is compared was measured within minutes of each other. */
export async function bench({ peers, scenarios, repetitions, site }: Plan, events: Events): Promise<void> {
  const absent = new Set<Peer>();
  const turns = Array.from({ length: repetitions }, (_, repetition) => repetition).flatMap((repetition) =>
    scenarios.flatMap((scenario) => peers.filter(scenario.suits).map((peer) => ({ repetition, scenario, peer }))),
  );
  for (const [done, { repetition, scenario, peer }] of turns.entries()) {
    if (absent.has(peer)) continue;
    events.onStart(done, turns.length, scenario, peer);
    try {
      const outcome = await scenario.run(peer, { ...site, seed: site.seed + repetition });
      if (outcome === undefined) events.onAbsent();
      if (outcome === undefined) absent.add(peer);
      else await events.onRun(scenario, { scenario: scenario.name, peer: peer.name, repetition, ...outcome });
    } catch (error) {
      events.onFailure(error);
    }
  }
}
