import { isJobId, isSiteId, type JobId, type SiteId } from "../ids.ts";

const jobVerbs = ["cancel", "again"] as const;
const siteVerbs = [
  "site",
  "change",
  "rebuild",
  "undo",
  "wish_change",
  "wish_new",
  "download",
  "zip",
  "file",
  "delete",
  "delete_now",
  "keep",
] as const;

/** What a pressed button asks for. Whether the person may have it is decided where the job or site is known. */
export type ButtonPress =
  | { verb: (typeof jobVerbs)[number]; jobId: JobId }
  | { verb: (typeof siteVerbs)[number]; siteId: SiteId }
  /** `page` counts from 0. */
  | { verb: "sites"; page: number; toDelete: boolean }
  /** `undefined` goes back to the language that Telegram tells. */
  | { verb: "language"; language: string | undefined };

/** As Telegram carries it with the button: 64 bytes at most, which a verb and an id never reach. */
export function formatButtonData(press: ButtonPress): string {
  switch (press.verb) {
    case "cancel":
    case "again":
      return `${press.verb}:${press.jobId}`;
    case "sites":
      return `sites:${press.page}${press.toDelete ? ":delete" : ""}`;
    case "language":
      return `language:${press.language ?? "auto"}`;
    default:
      return `${press.verb}:${press.siteId}`;
  }
}

/** @returns `undefined` for anything this program does not write: an older button, or a forged one. */
export function parseButtonData(data: string): ButtonPress | undefined {
  const [, verb = "", argument = "", rest] = /^([a-z_]{1,16}):([a-z0-9-]{1,40})(?::([a-z]{1,8}))?$/.exec(data) ?? [];
  if (verb === "sites" && /^\d{1,4}$/.test(argument) && (rest === undefined || rest === "delete")) {
    return { verb, page: Number(argument), toDelete: rest === "delete" };
  }
  if (rest !== undefined) return undefined;
  if (verb === "language" && /^[a-z]{2,4}$/.test(argument)) {
    return { verb, language: argument === "auto" ? undefined : argument };
  }
  if (isOneOf(jobVerbs, verb) && isJobId(argument)) return { verb, jobId: argument };
  if (isOneOf(siteVerbs, verb) && isSiteId(argument)) return { verb, siteId: argument };
  return undefined;
}

function isOneOf<const Verb extends string>(verbs: readonly Verb[], verb: string): verb is Verb {
  return (verbs as readonly string[]).includes(verb);
}
