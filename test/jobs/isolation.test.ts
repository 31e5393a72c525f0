import { expect, test } from "bun:test";
import { createIsolation } from "../../src/jobs/isolation.ts";

const never = new AbortController().signal;

/** Names of what got in, in order; each has to be waited for with a turn of the event loop. */
function follow() {
  const isolation = createIsolation();
  const said: string[] = [];
  async function enter(name: string, alone: boolean, signal = never): Promise<Disposable> {
    const place = await isolation.enter({ alone }, signal);
    said.push(name);
    return place;
  }
  return { isolation, said, enter };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("one that must run alone waits for all others, and nothing is claimed or begun until it has ended", async () => {
  const { isolation, said, enter } = follow();
  const first = await enter("first", false);
  const second = await enter("second", false);
  const suspect = enter("suspect", true);
  const claiming = isolation.open(never).then(() => said.push("claims"));
  first[Symbol.dispose]();
  await turn();
  expect(said).toEqual(["first", "second"]);
  second[Symbol.dispose]();
  const alone = await suspect;
  const late = enter("late", false);
  await turn();
  expect(said).toEqual(["first", "second", "suspect"]);
  alone[Symbol.dispose]();
  await Promise.all([claiming, late]);
  expect(said.slice(3).sort()).toEqual(["claims", "late"]);
});

test("those that must run alone run one after the other", async () => {
  const { isolation, said, enter } = follow();
  const one = await enter("one", true);
  const waiting = [enter("two", true), enter("three", true)];
  await turn();
  expect(said).toEqual(["one"]);
  one[Symbol.dispose]();
  const next = await Promise.race(waiting);
  await turn();
  expect(said).toHaveLength(2);
  next[Symbol.dispose]();
  for (const place of await Promise.all(waiting)) if (place !== next) place[Symbol.dispose]();
  expect(said.slice(1).sort()).toEqual(["three", "two"]);
  await isolation.open(never);
});

test("one that is stopped while it waits keeps nobody out", async () => {
  const { isolation, said, enter } = follow();
  const running = await enter("running", false);
  const stop = new AbortController();
  const suspect = enter("suspect", true, stop.signal);
  stop.abort(new Error("cancelled"));
  await expect(suspect).rejects.toThrow("cancelled");
  await isolation.open(never);
  await enter("another", false);
  expect(said).toEqual(["running", "another"]);
  running[Symbol.dispose]();
});
