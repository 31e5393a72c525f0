/**
 * MB/s of the sanitizer beside sanitize-html, DOMPurify with jsdom, and HTMLRewriter, on whole pages and, where the
 * peer can stream, in pieces of 1 KB. One run, in turns, best of the rounds: only the ratios mean something.
 *
 *     bun bench/sanitizer.ts [rounds]
 *
 * The peers are told to keep what we keep, as far as they can be told. HTMLRewriter only drops scripts and handlers
 * here: it shows what parsing alone costs.
 */
import createDomPurify from "dompurify";
import { JSDOM } from "jsdom";
import sanitizeHtml from "sanitize-html";
import { writePage } from "../src/ai/mock/write-page.ts";
import { createSanitizer, sanitize } from "../src/sanitizer/sanitize.ts";

const rounds = Number(process.argv[2] ?? 200);
const pieceChars = 1024;
const pages = ["a coffee shop, dark", "conference in Warsaw on 12 May 2027", "shop for handmade candles"].map((wish) =>
  writePage(wish),
);
const megabytes = pages.reduce((sum, page) => sum + Buffer.byteLength(page), 0) / 1e6;

const domPurify = createDomPurify(new JSDOM("").window);
const purifyOptions = {
  WHOLE_DOCUMENT: true,
  ADD_TAGS: ["style", "meta", "link"],
  ADD_ATTR: ["content", "popovertarget"],
};
const sanitizeHtmlOptions = { allowedTags: false, allowedAttributes: false, allowVulnerableTags: true } as const;
const schemes = /^\s*(?:javascript|vbscript|data):/i;

const peers: Record<string, (page: string) => string> = {
  "orchestrator, whole": (page) => sanitize(page).html,
  "orchestrator, 1 KB": (page) => inPieces(page),
  "sanitize-html": (page) => sanitizeHtml(page, sanitizeHtmlOptions),
  "sanitize-html, defaults (drops the styles)": (page) => sanitizeHtml(page),
  "DOMPurify + jsdom": (page) => domPurify.sanitize(page, purifyOptions),
  HTMLRewriter: (page) => rewrite(page),
};

const bestMs = new Map<string, number>();
for (let round = 0; round < rounds; round++) {
  for (const [name, run] of Object.entries(peers)) {
    // A peer that takes a hundred times as long need not be asked as often.
    if (name.startsWith("DOMPurify") && round % 20 > 0) continue;
    const start = performance.now();
    // The result is read as well: an engine that joins strings lazily would leave that work to whoever comes next.
    for (const page of pages) Buffer.byteLength(run(page));
    bestMs.set(name, Math.min(bestMs.get(name) ?? Number.POSITIVE_INFINITY, performance.now() - start));
  }
}

const reference = bestMs.get("sanitize-html") ?? 1;
console.log(`${pages.length} pages, ${(megabytes * 1000).toFixed(0)} KB, best of ${rounds} rounds`);
for (const [name, ms] of bestMs) {
  const speed = (megabytes / (ms / 1000)).toFixed(1).padStart(6);
  console.log(`${speed} MB/s  ${(reference / ms).toFixed(2).padStart(5)} × sanitize-html  ${name}`);
}

function inPieces(page: string): string {
  let html = "";
  const sanitizer = createSanitizer((chunk) => {
    html += chunk;
  });
  for (let from = 0; from < page.length; from += pieceChars) sanitizer.write(page.slice(from, from + pieceChars));
  sanitizer.end();
  return html;
}

function rewrite(page: string): string {
  const rewriter = new HTMLRewriter()
    .on("script, iframe, object, embed, base, template, noscript", { element: (element) => void element.remove() })
    .on("*", {
      element(element) {
        for (const [name, value] of [...element.attributes]) {
          if (name.startsWith("on") || schemes.test(value)) element.removeAttribute(name);
        }
      },
    });
  return rewriter.transform(page);
}
