import type { TelegramConfig } from "../config/sections.ts";
import type { PictureSupply } from "../jobs/gather-pictures.ts";
import type { Logger } from "../logger.ts";
import { createDownloadFile } from "../telegram/download-file.ts";
import type { TelegramApi } from "../telegram/telegram-api.ts";
import { createPictureSupply } from "./picture-supply.ts";

/** Those that came with their job, and those that people sent to the bot. */
export function createTelegramPictures(
  { botToken, apiRoot }: TelegramConfig,
  { api, logger }: { api: TelegramApi; logger: Logger },
): PictureSupply {
  const onFailure = (reason: string) => logger.warn({ reason }, "a picture cannot be downloaded");
  return createPictureSupply(createDownloadFile({ api, botToken, apiRoot, onFailure }));
}
