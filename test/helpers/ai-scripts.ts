import type { AiScript } from "./ai-server.ts";

/** A small page that passes every gate. */
export const goodPage = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ember &amp; Oak Coffee</title>
<meta name="description" content="A small roastery on Harbour Street: espresso, filter and fresh bread from seven.">
<style>
:root { --ink: #2b1a10; --paper: #fbf4ea; --ember: #9c3d10; }
body { margin: 0; font: 1.125rem/1.6 Georgia, serif; color: var(--ink); background: var(--paper); }
header, main, footer { max-width: 60rem; margin: auto; padding: 1.5rem; }
h1 { font-size: clamp(2.25rem, 8vw, 4.5rem); line-height: 1.05; }
a { color: var(--ember); }
.menu { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); }
</style>
</head>
<body>
<header><nav><a href="#menu">Menu</a> <a href="#visit">Visit</a></nav></header>
<main>
<h1>Coffee roasted slowly, served at once</h1>
<p>We roast on Tuesdays and Fridays, in view of the counter. Café crème, naïve jokes and 咖啡 for everyone ☕️.</p>
<section id="menu"><h2>Menu</h2>
<ul class="menu"><li>Espresso, 2.80</li><li>Flat white, 3.90</li><li>Filter of the day, 3.40</li></ul></section>
<section id="visit"><h2>Visit us</h2><p>12 Harbour Street, open from 7 to 18 every day but Monday.</p>
<p><a href="tel:+15550100">+1 555 0100</a></p></section>
</main>
<footer><p>Ember &amp; Oak, since 2011</p></footer>
</body>
</html>`;

/** The good page as an attacker would have it: nothing of the additions may reach a browser. */
const hostilePage = goodPage
  .replace(
    "</head>",
    `<script>document.title = "owned"</script><meta http-equiv="refresh" content="0;url=//evil.test">\n</head>`,
  )
  .replace("<main>", `<main onclick="alert(1)"><img src="https://evil.test/p.png" onerror="alert(2)" alt="">`)
  .replace(`href="#menu"`, `href="javascript:alert(3)"`);

/** What `--script NAME` plays. */
export const aiScripts: Record<string, AiScript | AiScript[]> = {
  good: {},
  hostile: { reply: hostilePage },
  fenced: { reply: `Here is your page:\n\n\`\`\`html\n${goodPage}\n\`\`\`\n\nEnjoy!` },
  slow: { delayMs: 80, pieceLength: 16 },
  stall: { stallAfter: 10 },
  silent: { stallAfter: 0 },
  drop: { dropAfter: 10 },
  truncated: { reply: goodPage.slice(0, 900), finish: "length" },
  unfinished: { reply: goodPage.slice(0, 900), finish: "none" },
  refusal: { reply: "I'm sorry, but I can't help with that request." },
  blocked: { reply: "", finish: "blocked" },
  empty: { reply: "" },
  "error-in-stream": { errorInStream: { after: 5, error: { error: { message: "overloaded", code: 503 } } } },
  "rate-limited": { failure: { status: 429, code: "rate_limit_exceeded", retryAfter: "2", retryInfo: "2s" } },
  "rate-limited-once": [
    { failure: { status: 429, code: "rate_limit_exceeded", retryAfter: "1", retryInfo: "1s" } },
    {},
  ],
  down: { failure: { status: 503, code: "overloaded" } },
  "down-twice": [{ failure: { status: 503 } }, { failure: { status: 503 } }, {}],
  unauthorized: { failure: { status: 401, code: "invalid_api_key" } },
};
