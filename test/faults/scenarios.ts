import { broker } from "./broker.ts";
import { database } from "./database.ts";
import { draining } from "./draining.ts";
import { provider } from "./provider.ts";
import { recovery } from "./recovery.ts";
import { requests } from "./requests.ts";
import type { Scenario } from "./scenario.ts";
import { storage } from "./storage.ts";
import { telegram } from "./telegram.ts";
import { workerDeaths } from "./worker-deaths.ts";

export const scenarios: readonly Scenario[] = [
  ...workerDeaths,
  ...broker,
  ...database,
  ...draining,
  ...provider,
  ...recovery,
  ...requests,
  ...storage,
  ...telegram,
].toSorted((a, b) => a.number - b.number);
