import type { Command } from "commander";
import type { CommandContext } from "./context.ts";
import { helpEnding } from "./help-text.ts";

const timeoutMs = 4000;

export function registerHealth(program: Command, { stdout }: CommandContext): void {
  program
    .command("health")
    .summary("ask a running server whether it is healthy")
    .description(
      "Ask a server of orchestrator for its health and print what it answers. Made for health checks of containers, which have no curl.",
    )
    .argument("[url]", "address to ask", "http://127.0.0.1:8000/health")
    .addHelpText("after", helpEnding({ variables: [], exits: [0, 2, 16] }))
    .action(async (url: string) => {
      const { UsageError, WaitTimeoutError } = await import("../src/mod.ts");
      if (!/^https?:\/\//.test(url) || !URL.canParse(url))
        throw new UsageError("The address must begin with http:// or https://");
      const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) }).catch((cause) => {
        throw new WaitTimeoutError(`No answer from ${url}.`, { cause });
      });
      stdout.write(`${(await response.text()).trim()}\n`);
      if (!response.ok) throw new WaitTimeoutError(`${url} answers ${response.status}.`);
    });
}
