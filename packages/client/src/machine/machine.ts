import { authorize, CONNECT_MS, dial, greet, redialAfter, switchOver, TOKEN_MS } from "./connecting.ts";
import { closed, lost, stop } from "./ending.ts";
import { wake } from "./liveness.ts";
import { heard, welcomed } from "./receiving.ts";
import { renew, tick } from "./renewal.ts";
import { putAway, wakeUp } from "./resting.ts";
import type { At, Event, InState, OfEvent, On, State, Step, World } from "./state.ts";

/** The connection's next state and what has to be done. Pure: same state, event and world, same step. */
export function step(state: State, event: Event, world: World): Step {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table's own type pairs each reaction with its state and event.
  const react = TABLE[state.at][event.on] as (state: State, event: Event, world: World) => Step;
  return react(state, event, world);
}

/** Total: a state without a reaction to an event does not compile. */
type Table = {
  readonly [A in At]: { readonly [E in On]: (state: InState<A>, event: OfEvent<E>, world: World) => Step };
};

const stay = (state: State): Step => [state];
const failed = (state: State, _event: unknown, world: World): Step => lost(state, world);

const TABLE: Table = {
  stopped: {
    start: authorize,
    stop: stay,
    retry: stay,
    wake: stay,
    rest: stay,
    timer: stay,
    token: stay,
    noToken: stay,
    opened: stay,
    closed: stay,
    frame: stay,
    webSocketOpens: stay,
  },
  authorizing: {
    start: stay,
    stop,
    retry: stay,
    wake: redialAfter(TOKEN_MS),
    rest: putAway,
    timer: failed,
    token: dial,
    noToken: failed,
    opened: stay,
    closed: stay,
    frame: stay,
    webSocketOpens: stay,
  },
  connecting: {
    start: stay,
    stop,
    retry: stay,
    wake: redialAfter(CONNECT_MS),
    rest: putAway,
    timer: failed,
    token: stay,
    noToken: stay,
    opened: greet,
    closed,
    frame: stay,
    webSocketOpens: stay,
  },
  greeting: {
    start: stay,
    stop,
    retry: stay,
    wake: redialAfter(CONNECT_MS),
    rest: putAway,
    timer: failed,
    token: stay,
    noToken: stay,
    opened: stay,
    closed,
    frame: welcomed,
    webSocketOpens: stay,
  },
  online: {
    start: stay,
    stop,
    retry: stay,
    wake,
    rest: putAway,
    timer: tick,
    token: renew,
    noToken: stay,
    opened: stay,
    closed,
    frame: heard,
    webSocketOpens: switchOver,
  },
  waiting: {
    start: stay,
    stop,
    retry: authorize,
    wake: wakeUp,
    rest: putAway,
    timer: authorize,
    token: stay,
    noToken: stay,
    opened: stay,
    closed: stay,
    frame: stay,
    webSocketOpens: stay,
  },
  resting: {
    start: stay,
    stop,
    retry: wakeUp,
    wake: wakeUp,
    rest: stay,
    timer: wakeUp,
    token: stay,
    noToken: stay,
    opened: stay,
    closed: stay,
    frame: stay,
    webSocketOpens: stay,
  },
  refused: {
    start: stay,
    stop,
    retry: (state, event, world) => authorize({ ...state, expired: true }, event, world),
    wake: stay,
    rest: stay,
    timer: stay,
    token: stay,
    noToken: stay,
    opened: stay,
    closed: stay,
    frame: stay,
    webSocketOpens: stay,
  },
};
