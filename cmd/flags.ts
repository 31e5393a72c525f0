import { InvalidArgumentError } from "commander";
import type { JobId, SiteId } from "../src/mod.ts";
import type { CommandContext } from "./context.ts";

/** Lays flags over the environment, under the name of the variable each of them stands for. */
export function withFlags(
  env: CommandContext["env"],
  flags: Record<string, string | number | undefined>,
): CommandContext["env"] {
  const set = Object.entries(flags).filter(([, value]) => value !== undefined);
  return { ...env, ...Object.fromEntries(set.map(([name, value]) => [name, String(value)])) };
}

export function port(value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535)
    throw new InvalidArgumentError("A port is a whole number from 0 to 65535.");
  return Number(value);
}

export function positiveInteger(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError("It must be a whole number from 1 to 999999999.");
  return Number(value);
}

export function seconds(value: string): number {
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(value) || Number(value) === 0)
    throw new InvalidArgumentError("It must be a number of seconds above 0 and below 1000000.");
  return Number(value);
}

/** For a flag that may be given more than once. */
export function several(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** A site's id, or a link to it. */
export function siteId(value: string): SiteId {
  const [id] = /(?<![a-z2-7])[a-z2-7]{26}(?![a-z2-7])/.exec(value) ?? [];
  if (id === undefined) throw new InvalidArgumentError("It must be the id of a site, or its link.");
  return id as SiteId;
}

/** As {@link siteId}, with the revision that a link may name. */
export function siteReference(value: string): { siteId: SiteId; revision: number | undefined } {
  const [, revision] = /\/r\/([1-9]\d{0,8})(?:\/|$)/.exec(value) ?? [];
  return { siteId: siteId(value), revision: revision === undefined ? undefined : Number(revision) };
}

/** A moment in the past: how long ago (`30m`, `12h`, `7d`), or a date. */
export function since(value: string): Date {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(value) ?? [];
  const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit ?? ""];
  const date = unitMs === undefined ? new Date(value) : new Date(Date.now() - Number(count) * unitMs);
  if (Number.isNaN(date.getTime())) throw new InvalidArgumentError("Say how long ago (30m, 12h, 7d), or a date.");
  return date;
}

export function jobId(value: string): JobId {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value))
    throw new InvalidArgumentError("It must be the id of a job.");
  return value as JobId;
}
