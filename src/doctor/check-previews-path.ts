import { access, statfs } from "node:fs/promises";
import { probePreviews } from "../bundles/probe-previews.ts";
import { readSiteIndex } from "../bundles/site-index.ts";
import type { SiteId } from "../ids.ts";
import type { Check, Finding } from "./check.ts";

const megabyte = 1024 * 1024;
const [leastFree, littleFree] = [100 * megabyte, 1024 * megabyte];

/**
 * The directory of the pages: that it can be written and has room; and, if somebody published already, that what was
 * published is there. If not, this machine has another volume than the workers.
 *
 * @param findPublishedSite The site published last, if the database can tell.
 */
export function checkPreviewsPath(
  path: string,
  { embedded, findPublishedSite }: { embedded: boolean; findPublishedSite: () => Promise<SiteId | undefined> },
): Check {
  return {
    name: "previews path",
    timeoutMs: 10_000,
    async run() {
      const exists = await access(path).then(
        () => true,
        () => false,
      );
      if (embedded && !exists) return [{ level: "ok", message: `${path} is made with the first page.` }];
      await probePreviews(path);
      const { bavail, bsize } = await statfs(path);
      return [checkSpace(path, bavail * bsize), ...(await checkShared(path, await findPublishedSite()))];
    },
  };
}

function checkSpace(path: string, free: number): Finding {
  const room = `${path} can be written, ${free >= littleFree ? `${Math.floor(free / littleFree)} GiB` : `${Math.floor(free / megabyte)} MiB`} free.`;
  const advice = "Make room, or run `orchestrator prune`.";
  if (free < leastFree) return { level: "problem", message: room, advice, exitStatus: 10 };
  return free < littleFree ? { level: "warning", message: room, advice } : { level: "ok", message: room };
}

async function checkShared(path: string, siteId: SiteId | undefined): Promise<Finding[]> {
  if (siteId === undefined) return [];
  if (await readSiteIndex(path, siteId)) return [{ level: "ok", message: "The page published last is there." }];
  return [
    {
      level: "problem",
      message: `The page published last is not in ${path}.`,
      advice: "Mount the volume that workers and preview server share, or correct PREVIEWS_PATH.",
      exitStatus: 10,
    },
  ];
}
