import { expect, setDefaultTimeout, test } from "bun:test";
import { createPreparePicture } from "../../src/pictures/prepare-picture.ts";
import { pictureCommand } from "../helpers/picture-command.ts";
import { samplePng } from "../helpers/sample-picture.ts";

// Each picture takes a process that compiles a codec first.
setDefaultTimeout(60_000);

const never = new AbortController().signal;

test("pictures are prepared beside each other, each coming back to whoever brought it", async () => {
  const prepare = createPreparePicture(pictureCommand);
  const pictures = await Promise.all([30, 40, 50].map((edge) => prepare(samplePng(edge, edge), never)));
  expect(pictures.map(({ variants }) => variants.map(({ width }) => width))).toEqual([[30], [40], [50]]);
});

test("a bomb is refused by the process too", async () => {
  const prepare = createPreparePicture(pictureCommand);
  await expect(prepare(samplePng(46_000, 46_000), never)).rejects.toMatchObject({ problem: "too_large" });
});

test("what is no picture needs no process to be refused", async () => {
  const prepare = createPreparePicture(["/nowhere"]);
  await expect(prepare(Buffer.from("<svg/>"), never)).rejects.toMatchObject({ problem: "unreadable" });
});

test("a process that dies or never answers costs the picture and nothing else", async () => {
  const dying = createPreparePicture(["/bin/sh", "-c", "cat >/dev/null; exit 3"]);
  const [dead] = await Promise.allSettled([dying(samplePng(3, 3), never)]);
  expect(dead).toMatchObject({ status: "rejected", reason: { problem: "unreadable" } });

  const hanging = createPreparePicture(["/bin/sh", "-c", "exec sleep 600"]);
  const stop = new AbortController();
  const waiting = hanging(samplePng(3, 3), stop.signal);
  stop.abort(new Error("no longer wanted"));
  await expect(waiting).rejects.toThrow("no longer wanted");
});

test("the process knows nothing of our environment", async () => {
  process.env["SECRET_OF_THE_WORKER"] = "too_large";
  const tell = `cat >/dev/null; printf '{"problem":"%s"}\\n' "\${SECRET_OF_THE_WORKER:-unavailable}"`;
  const spy = createPreparePicture(["/bin/sh", "-c", tell]);
  await expect(spy(samplePng(3, 3), never)).rejects.toMatchObject({ problem: "unavailable" });
  delete process.env["SECRET_OF_THE_WORKER"];
});
