import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { samplePng } from "../helpers/sample-picture.ts";
import { runCommand } from "./run-command.ts";

setDefaultTimeout(120_000);

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "orchestrator-test-"));
  await Bun.write(join(directory, "logo.png"), samplePng(900, 600));
  await Bun.write(join(directory, "menu.pdf"), "%PDF-1.7");
  await Bun.write(join(directory, "bomb.png"), samplePng(30_000, 30_000));
});
afterAll(() => rm(directory, { recursive: true }));

function submit(...args: string[]) {
  return runCommand(["submit", "--data-dir", join(directory, "data"), ...args]);
}

describe("submit --picture", () => {
  test("puts the picture on the page, in WebP and without what was hidden in it", async () => {
    const out = join(directory, "page");
    const { status, stderr } = await submit(
      "--picture",
      join(directory, "logo.png"),
      "--out",
      out,
      "A bakery in Lisbon",
    );
    expect([status, stderr.includes("picture")]).toEqual([0, false]);
    const pictures = (await readdir(join(out, "assets"))).filter((name) => name.endsWith(".webp"));
    expect(pictures.length).toBeGreaterThan(0);
    const page = await Bun.file(join(out, "index.html")).text();
    expect(pictures.filter((name) => page.includes(name)).length).toBeGreaterThan(0);
    for (const name of pictures) {
      expect(await Bun.file(join(out, "assets", name)).text()).not.toContain("taken at");
    }
  });

  test.each([
    ["nowhere.png", "is no file"],
    [".", "is no file"],
    ["menu.pdf", "cannot be read as a picture"],
    ["bomb.png", "is too large"],
  ])("is wrong usage with %s, which %s", async (name, problem) => {
    const { status, stdout, stderr } = await submit("--picture", join(directory, name), "A bakery");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(problem);
  });

  test("is wrong usage more than ten times", async () => {
    const flags = Array.from({ length: 11 }, () => ["--picture", join(directory, "logo.png")]).flat();
    const { status, stderr } = await submit(...flags, "A bakery");
    expect([status, stderr.includes("10 pictures")]).toEqual([2, true]);
  });
});

test("interrupted while the database starts it says so, and ends with 130", async () => {
  const interruption = new AbortController();
  const running = runCommand(["submit", "--data-dir", join(directory, "interrupted"), "A page about trains"], {
    signal: interruption.signal,
  });
  interruption.abort();
  expect(await running).toEqual({ status: 130, stdout: "", stderr: "orchestrator: Interrupted.\n" });
});
