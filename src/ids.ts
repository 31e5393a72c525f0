declare const brand: unique symbol;

/** UUIDv7 of a job: sorts by creation time. */
export type JobId = string & { readonly [brand]: "JobId" };

/** 26 lower-case base32 characters, 130 random bits. The id is the only key to a page, so it is a secret. */
export type SiteId = string & { readonly [brand]: "SiteId" };

const base32 = "abcdefghijklmnopqrstuvwxyz234567";
const siteIdPattern = /^[a-z2-7]{26}$/;
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function createJobId(): JobId {
  return Bun.randomUUIDv7() as JobId;
}

export function createSiteId(): SiteId {
  let id = "";
  for (const byte of crypto.getRandomValues(new Uint8Array(26))) id += base32[byte & 31];
  return id as SiteId;
}

export function isJobId(value: unknown): value is JobId {
  return typeof value === "string" && uuidPattern.test(value);
}

export function isSiteId(value: unknown): value is SiteId {
  return typeof value === "string" && siteIdPattern.test(value);
}
