import type { Plural } from "./catalogue/catalogue.ts";
import { escapeHtml } from "./html.ts";

/** Puts values, escaped, into the places of a text from the catalogue. */
export function fill(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    escapeHtml((Object.hasOwn(values, name) ? values[name] : undefined) ?? whole),
  );
}

/** The text for this many, the number written as the language writes it. */
export function fillPlural(
  plural: Plural,
  count: number,
  language: string,
  values: Record<string, string> = {},
): string {
  const template = plural[new Intl.PluralRules(language).select(count)] ?? plural.other;
  return fill(template, { ...values, count: new Intl.NumberFormat(language).format(count) });
}

/** How far away a moment is: "in 5 hours", "in 20 minutes". Never less than a minute. */
export function formatUntil(moment: Date, language: string, now = new Date()): string {
  const minutes = Math.max(Math.ceil((moment.getTime() - now.getTime()) / 60_000), 1);
  const format = new Intl.RelativeTimeFormat(language);
  return minutes < 60 ? format.format(minutes, "minute") : format.format(Math.ceil(minutes / 60), "hour");
}

/** When today's pages are counted anew: midnight UTC, because Telegram does not tell where a person is. */
export function nextDay(now = new Date()): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1));
}
