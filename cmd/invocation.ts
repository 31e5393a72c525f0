/** How this program was called: as the binary, or from its source. */
export function invocation(): string {
  return Bun.main.endsWith(".ts") && !Bun.main.startsWith("/$bunfs/") ? "npx -y bun@1.4.5 run start" : "orchestrator";
}
