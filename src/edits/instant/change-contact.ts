import { readPageParts } from "../../page/page-parts.ts";
import type { Change } from "../../page/splice.ts";
import { escapeAttribute, escapeText } from "../../sanitizer/escape.ts";

const email = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/gu;
const phone = /(?<![\p{L}\p{N}.,])\+?\(?\d[\d\s().–-]{5,20}\d(?![\p{L}\p{N}])/gu;
const phoneWords =
  /phone|call|tel|whats ?app|number|nummer|número|numéro|telefon|телефон|номер|numara|nomor|电话|号码|هاتف|رقم|फ़?ोन|नंबर/iu;
/** More words than this say more than "our number is now …". */
const mostWords = 12;

/**
 * A new telephone number or mail address for the one that the page has. `undefined` when the page has none or several,
 * or the request says more than that.
 */
export function changeContact(html: string, request: string): Change[] | undefined {
  if (request.split(/\s+/u).length > mostWords) return undefined;
  const mails = request.match(email) ?? [];
  if (mails.length > 0) return changeMail(html, mails);
  const numbers = (request.match(phone) ?? []).map((number) => number.trim());
  if (numbers.length === 0 || !(phoneWords.test(request) || numbers.length === 2)) return undefined;
  return changePhone(html, numbers);
}

function changeMail(html: string, mails: readonly string[]): Change[] | undefined {
  const known = new Set((html.match(email) ?? []).map((one) => one.toLowerCase()));
  const [old, now] = mails.length === 2 ? mails : [[...known][0], mails[0]];
  if (old === undefined || now === undefined || mails.length > 2) return undefined;
  if (mails.length === 1 && known.size !== 1) return undefined;
  return readPageParts(html)
    .filter(({ kind }) => kind !== "style")
    .flatMap(({ kind, start, end }) =>
      occurrences(html.slice(start, end), old).map((at) => ({
        start: start + at,
        end: start + at + old.length,
        text: kind === "text" ? escapeText(now) : escapeAttribute(now),
      })),
    );
}

function changePhone(html: string, numbers: readonly string[]): Change[] | undefined {
  const parts = readPageParts(html);
  const links = parts.filter(
    ({ start, end, attribute }) => attribute === "href" && /^tel:/i.test(html.slice(start, end)),
  );
  const shown = parts
    .filter(({ kind }) => kind === "text")
    .flatMap(({ start, end }) =>
      [...html.slice(start, end).matchAll(phone)].map((match) => ({
        start: start + match.index,
        end: start + match.index + match[0].trimEnd().length,
        digits: digitsOf(match[0]),
      })),
    );
  const known = new Set(links.map(({ start, end }) => digitsOf(html.slice(start, end))));
  const [from, to] = numbers.length === 2 ? numbers : [undefined, numbers[0]];
  const old = from === undefined ? [...known][0] : digitsOf(from);
  if (to === undefined || old === undefined || numbers.length > 2 || (from === undefined && known.size !== 1))
    return undefined;
  return [
    ...links
      .filter(({ start, end }) => digitsOf(html.slice(start, end)) === old)
      .map(({ start, end }) => ({ start, end, text: `tel:${to.replace(/[^\d+]/g, "")}` })),
    ...shown.filter(({ digits }) => digits === old).map(({ start, end }) => ({ start, end, text: escapeText(to) })),
  ];
}

function occurrences(text: string, needle: string): number[] {
  const lower = text.toLowerCase();
  const found: number[] = [];
  if (lower.length !== text.length) return found;
  for (let at = lower.indexOf(needle.toLowerCase()); at >= 0; at = lower.indexOf(needle.toLowerCase(), at + 1))
    found.push(at);
  return found;
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}
