import type { Kind } from "./kind.ts";
import { findTrade, type Trade } from "./trade.ts";

/** Whose words a page is written in, where a kind has several: a photographer's portfolio is no designer's. */
export type Voice = Kind | Trade | "photographer" | "party" | "topic";

const photographer = /photograph|fotograf|fotógraf|фотограф|fotoğraf/iu;
const party =
  /(?<!\p{L})(?:party|birthday|geburtstag|cumpleaños|aniversário|anniversaire|день рожд|дня рожд|день народж|дня народж|doğum günü|feier|fête|fiesta|festa|вечеринк|вечірк|jubil|kutlama|picnic|barbecue)/iu;

/** @param isTopic Whether it is a page about something, and asks for nothing. */
export function chooseVoice(kind: Kind, text: string, isTopic: boolean): Voice {
  if (kind === "portfolio" && photographer.test(text)) return "photographer";
  if (kind === "event" && party.test(text)) return "party";
  const trade = kind === "business" || kind === "clinic" ? findTrade(text) : undefined;
  if (trade !== undefined && (trade === "dentist") === (kind === "clinic")) return trade;
  return kind === "plain" && isTopic ? "topic" : kind;
}
