import { expect, setDefaultTimeout, test } from "bun:test";
import { hasBrowser, openBrowser } from "../helpers/browser.ts";
import { openPreviewStage } from "./preview-stage.ts";

setDefaultTimeout(60_000);

/** What a page could do if nothing had sanitized it. Its own style and picture are the honest part. */
const hostilePage = `<!doctype html><html><head><title>untouched</title>
<link rel="stylesheet" href="style.css"><link rel="stylesheet" href="http://outside.localhost:1/x.css">
<style>@import "http://outside.localhost:1/y.css"; p { background: url(http://outside.localhost:1/z.png) }</style>
<meta http-equiv="refresh" content="0;url=http://outside.localhost:1/refresh"><base href="http://outside.localhost:1/">
<script>document.title = "script"</script></head>
<body onload="document.title = 'handler'"><p>text</p>
<img src="http://outside.localhost:1/i.png" onerror="document.title = 'error'"><iframe src="http://outside.localhost:1/f"></iframe>
<svg><script>document.title = "svg"</script></svg><object data="http://outside.localhost:1/o"></object>
<video src="http://outside.localhost:1/v.mp4" autoplay></video><a id="js" href="javascript:document.title='link'">x</a>
<form action="http://outside.localhost:1/form"><button id="send">send</button></form></body></html>`;

test.skipIf(!hasBrowser)("the headers alone stop what the sanitizer might miss", async () => {
  const files = new Map([
    ["index.html", hostilePage],
    ["style.css", "body { color: rgb(1, 2, 3) }"],
  ]);
  await using stage = await openPreviewStage({ files }, "http://*.localhost");
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const outside: string[] = [];
    // A request that the policy stops is announced too; only one that was really tried gets past this point.
    await page.route("http://outside.localhost:1/**", (route) => {
      outside.push(route.request().url());
      return route.abort();
    });
    const address = `http://${stage.revision.siteId}.localhost:${stage.server.port}/`;
    await page.goto(address, { waitUntil: "load" });
    // Timers and promises do not run in a page without scripts: a frame painted in between stands for time that passes.
    await page.evaluate(`for (const id of ["js", "send"]) document.getElementById(id).click()`);
    await page.screenshot();
    const seen = await page.evaluate("[document.title, location.href, getComputedStyle(document.body).color]");
    expect(seen).toEqual(["untouched", address, "rgb(1, 2, 3)"]);
    expect(outside).toEqual([]);
  } finally {
    await browser.close();
  }
});

/** Without an icon of its own the browser would ask for one, and say that there is none. */
const quietPage =
  '<!doctype html><html lang="en"><title>quiet</title><link rel="icon" href="data:,"><p>text</p></html>';

test.skipIf(!hasBrowser)("Chromium knows every name in the headers, and has nothing to say about a page", async () => {
  await using stage = await openPreviewStage({ files: new Map([["index.html", quietPage]]) }, "http://*.localhost");
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const said: string[] = [];
    page.on("console", (message) => void said.push(message.text()));
    await page.goto(`http://${stage.revision.siteId}.localhost:${stage.server.port}/`, { waitUntil: "load" });
    await page.screenshot();
    expect(said).toEqual([]);
  } finally {
    await browser.close();
  }
});
