import { join } from "node:path";
import type { TelegramConfig } from "../config/sections.ts";
import type { PictureSupply } from "../jobs/gather-pictures.ts";
import type { Logger } from "../logger.ts";
import { createPreparePicture } from "../pictures/prepare-picture.ts";
import { createDownloadFile } from "../telegram/download-file.ts";
import type { TelegramApi } from "../telegram/telegram-api.ts";

/** Pictures from Telegram, each resized by this same program in a process of its own. */
export function createPictureSupply(
  { botToken, apiRoot }: TelegramConfig,
  { api, logger }: { api: TelegramApi; logger: Logger },
): PictureSupply {
  const onFailure = (reason: string) => logger.warn({ reason }, "a picture cannot be downloaded");
  return {
    download: createDownloadFile({ api, botToken, apiRoot, onFailure }),
    prepare: createPreparePicture([...thisProgram(), "resize-picture"]),
  };
}

/** The compiled binary, or Bun with the program's source. */
function thisProgram(): string[] {
  const compiled = Bun.main.startsWith("/$bunfs/");
  return compiled
    ? [process.execPath]
    : [process.execPath, join(import.meta.dir, "..", "..", "cmd", "orchestrator.ts")];
}
