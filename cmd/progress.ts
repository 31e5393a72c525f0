import type { Job } from "../src/mod.ts";
import type { CommandContext } from "./context.ts";

export interface Progress {
  show(job: Job): void;
  end(): void;
}

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const frameMs = 80;

/** On a terminal one line that moves, otherwise a line per change, on standard error. */
export function createProgress({ stderr, env }: CommandContext): Progress {
  const live = stderr.isTTY === true && env["TERM"] !== "dumb";
  const dim =
    live && env["NO_COLOR"] === undefined ? (text: string) => `\u001b[2m${text}\u001b[22m` : (text: string) => text;
  const started = performance.now();
  let text = "starting";
  let frame = 0;
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const draw = () => {
    frame = (frame + 1) % frames.length;
    stderr.write(`\r\u001b[K${frames[frame]} ${text} ${dim(seconds())}`);
  };
  const timer = live ? setInterval(draw, frameMs) : undefined;

  return {
    show(job) {
      text = describe(job);
      if (live) draw();
      else stderr.write(`${text}\n`);
    },
    end() {
      clearInterval(timer);
      if (live) stderr.write("\r\u001b[K");
    },
  };
}

function describe(job: Job): string {
  const again = job.attempt > 1 ? ` (attempt ${job.attempt})` : "";
  switch (job.status) {
    case "queued":
      return job.error === null ? "queued" : `waiting to try again: ${job.error.message}`;
    case "running":
      return `${job.stage ?? "running"}${again}`;
    case "completed":
      return `completed: ${job.title ?? ""}`;
    case "failed":
      return `failed${again}`;
    case "cancelled":
      return "cancelled";
  }
}
