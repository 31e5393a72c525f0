import { expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { sanitize } from "../../src/sanitizer/sanitize.ts";
import { command } from "../helpers/orchestrator-process.ts";
import { runCommand } from "./run-command.ts";

const hostile = "<p onclick=alert(1)>hällo 🫖<script>alert(2)</script>";

test("makes standard input safe and reports on standard error", async () => {
  const { html, report } = sanitize(hostile);
  const { status, stdout, stderr } = await runCommand(["sanitize", "--report"], { stdin: hostile });
  expect({ status, stdout }).toEqual({ status: 0, stdout: html });
  expect(JSON.parse(stderr)).toEqual(report);
});

test("on a terminal the page ends its line, so that report and prompt have one of their own", async () => {
  const { html } = sanitize(hostile);
  expect((await runCommand(["sanitize"], { stdin: hostile, terminal: true })).stdout).toBe(`${html}\n`);
});

test("a character cut in two by a chunk comes out whole", async () => {
  const stdin = new PassThrough();
  const bytes = Buffer.from(hostile);
  const running = runCommand(["sanitize"], { stdin });
  for (let at = 0; at < bytes.length; at += 3) stdin.write(bytes.subarray(at, at + 3));
  stdin.end();
  expect((await running).stdout).toBe(sanitize(hostile).html);
});

test("reads a file", async () => {
  const directory = await mkdtemp(join(tmpdir(), "sanitize-"));
  await Bun.write(join(directory, "page.html"), hostile);
  expect((await runCommand(["sanitize", join(directory, "page.html")])).stdout).toBe(sanitize(hostile).html);
  await rm(directory, { recursive: true });
});

test("a missing file is not found, a directory is wrong usage", async () => {
  expect(await runCommand(["sanitize", "/nowhere/page.html"])).toEqual({
    status: 15,
    stdout: "",
    stderr: "orchestrator: There is no file /nowhere/page.html.\n",
  });
  expect((await runCommand(["sanitize", tmpdir()])).status).toBe(2);
});

test("a batch is an array of strings, in and out", async () => {
  const pages = [hostile, "", "plain"];
  const { stdout, stderr } = await runCommand(["sanitize", "--batch", "--report"], { stdin: JSON.stringify(pages) });
  expect(JSON.parse(stdout)).toEqual(pages.map((page) => sanitize(page).html));
  expect(JSON.parse(stderr)).toEqual(pages.map((page) => sanitize(page).report));
});

test.each(["", "{}", "[1]", "[", '"<p>"'])("a batch of %j is wrong usage", async (stdin) => {
  const { status, stdout } = await runCommand(["sanitize", "--batch"], { stdin });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});

test("an interrupt ends the wait for input", async () => {
  const interruption = new AbortController();
  const running = runCommand(["sanitize"], { stdin: new PassThrough(), signal: interruption.signal });
  interruption.abort();
  expect((await running).status).toBe(130);
});

test("a reader that comes late gets everything", async () => {
  const page = `<p>${"x".repeat(3_000_000)}</p>`;
  const child = Bun.spawn([...command, "sanitize", "--batch", "--report"], {
    stdin: new Blob([JSON.stringify([page])]),
    stdout: "pipe",
    stderr: "pipe",
  });
  // The report comes after the page, so by now all is written and only a pipe's worth of it has left the process.
  await child.stderr.getReader().read();
  expect(JSON.parse(await child.stdout.text())).toEqual([sanitize(page).html]);
  expect(await child.exited).toBe(0);
});
