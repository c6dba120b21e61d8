import { loaded } from "./loaded.ts";
import { carillonAlone, type Scenario } from "./scenario.ts";

export const resume: Scenario = {
  name: "resume",
  about: "A session comes back that has missed many entries: from `hello` to the last of them.",
  suits: carillonAlone,
  shown: [
    { figure: "resumeP50Ms", title: "p50 ms", better: "less" },
    { figure: "resumeP99Ms", title: "p99 ms", better: "less" },
  ],
  run: (peer, site) => {
    const { missed, returns: times } = site.size;
    return loaded(peer, site, { job: { kind: "resume", missed, times }, connections: 2, senders: 1 });
  },
};
