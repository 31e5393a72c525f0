import { command } from "./orchestrator-process.ts";

/** The process that resizes one picture: of the compiled binary when it was built. */
export const pictureCommand: readonly string[] = [...command, "resize-picture"];
