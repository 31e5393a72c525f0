import { describe, expect, test } from "bun:test";
import { createSanitizer, sanitize } from "../../src/sanitizer/sanitize.ts";

/** What the body of the sanitized document holds. */
function body(html: string): string {
  const [, content = ""] = /<body[^>]*>([\s\S]*)<\/body>/.exec(sanitize(html).html) ?? [];
  return content;
}

function rules(html: string): Record<string, number> {
  return sanitize(html).report.rules;
}

describe("documents", () => {
  test("a fragment becomes a whole document", () => {
    expect(sanitize("<p>hi</p>").html).toBe(
      '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><p>hi</p></body></html>',
    );
  });

  test("nothing becomes an empty document", () => {
    expect(sanitize("").html).toBe('<!DOCTYPE html><html><head><meta charset="utf-8"></head><body></body></html>');
  });

  test("the document's own parts keep their attributes", () => {
    const { html, report } = sanitize(
      '<!doctype html><html lang="ar" dir="rtl" class="dark"><head><title>A &amp; B</title></head><body class="page">x</body></html>',
    );
    expect(html).toBe(
      '<!DOCTYPE html><html lang="ar" dir="rtl" class="dark"><head><meta charset="utf-8"><title>A &amp; B</title></head><body class="page">x</body></html>',
    );
    expect(report).toEqual({ removed: 0, rules: {} });
  });

  test("what comes late for the head still goes there", () => {
    expect(sanitize("<head></head><style>a{}</style><body>x").html).toContain("<style>a{}</style></head><body>x");
  });

  test("metadata that describes stays, metadata that commands goes", () => {
    const { html, report } = sanitize(
      '<meta name="viewport" content="width=device-width"><meta property="og:title" content="T"><meta http-equiv="refresh" content="0;url=//evil.test"><meta name="referrer" content="unsafe-url">',
    );
    expect(html).toContain('<meta name="viewport" content="width=device-width"><meta property="og:title" content="T">');
    expect(html).not.toContain("evil");
    expect(report.rules).toEqual({ "meta:refresh": 1, "meta:other": 1 });
  });
});

describe("what is removed", () => {
  test("script tags are removed", () => {
    expect(body("a<script>alert(1)</script>b<SCRIPT src=//evil.test></SCRIPT>c")).toBe("abc");
    expect(rules("<script>1</script>")).toEqual({ "element:script": 1 });
  });

  test("event handlers are removed", () => {
    expect(body('<img src="a.png" onerror="alert(1)" OnLoad=alert(1)><svg onload="x"><g onclick="y"></g></svg>')).toBe(
      '<img src="a.png"><svg><g></g></svg>',
    );
    expect(rules("<p onclick=x onfocus=y>")).toEqual({ "attribute:handler": 2 });
  });

  test("script URLs are removed", () => {
    for (const url of [
      "javascript:alert(1)",
      "JaVaScRiPt:alert(1)",
      " \u0001javascript:alert(1)",
      "java\nscript:alert(1)",
      "javascript&colon;alert(1)",
      "&#106;avascript:alert(1)",
      "vbscript:x",
      "data:text/html,<script>alert(1)</script>",
    ]) {
      expect(body(`<a href="${url}">x</a>`)).toBe("<a>x</a>");
    }
  });

  test("JSON-LD is dropped with a note of its own", () => {
    expect(rules('<script type="application/ld+json">{}</script>')).toEqual({ "element:script-json-ld": 1 });
  });

  test("a report holds no content", () => {
    const { report } = sanitize("<evil-secret onx=1 secret=2><secrettag><a href=secret:x>");
    expect(JSON.stringify(report)).not.toContain("secret");
  });

  test("a form sends nothing", () => {
    expect(
      body('<form action="https://evil.test" method="post"><button formaction="//evil.test">Go</button></form>'),
    ).toBe('<form method="dialog"><button>Go</button></form>');
  });

  test("a password field takes no password", () => {
    expect(body('<input type="password" name="p">')).toBe('<input type="text" name="p" readonly="">');
    expect(rules('<input type="password">')).toEqual({ "form:password": 1 });
  });
});

describe("links and resources", () => {
  test("links that lead out give nothing away", () => {
    expect(body('<a href="https://example.com" target="_blank" rel="author opener">x</a>')).toBe(
      '<a href="https://example.com" target="_blank" rel="author noopener noreferrer nofollow">x</a>',
    );
    expect(body('<a href="#top">x</a><a href="about.html">y</a><a href="mailto:a@b.c">z</a>')).toBe(
      '<a href="#top">x</a><a href="about.html">y</a><a href="mailto:a@b.c" rel="noopener noreferrer nofollow">z</a>',
    );
  });

  test.each([
    "https://evil.test/a.png",
    "//evil.test/a.png",
    "\\\\evil.test/a.png",
    "/\t/evil.test/a",
    "http:/a",
    "ftp://a",
    "../a.png",
    "a/%2e%2E/b",
    "/a.png",
    "?a",
    "",
    "#a",
    "data:text/html,x",
  ])("a picture is not loaded from %p", (url) => {
    expect(body(`<img src="${url}" alt="x">`)).toBe('<img alt="x">');
  });

  test.each([
    "a.png",
    "images/a%20b.png?v=2",
    "./a.webp",
    "data:image/png;base64,AAAA",
    "data:image/svg+xml,%3Csvg/%3E",
  ])("a picture is loaded from %p", (url) => {
    expect(body(`<img src="${url}">`)).toBe(`<img src="${url}">`);
  });

  test("srcset keeps the candidates that are allowed", () => {
    expect(body('<img srcset="a.png 1x, https://evil.test/b.png 2x,c.png 3x, data:image/png;base64,A,B 4x">')).toBe(
      '<img srcset="a.png 1x, c.png 3x, data:image/png;base64,A,B 4x">',
    );
  });

  test("web fonts from Google are removed and counted", () => {
    expect(
      rules(
        '<link rel="preconnect" href="https://fonts.gstatic.com"><link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=Inter"><style>@import url("https://fonts.googleapis.com/css2?family=Inter");</style>',
      ),
    ).toEqual({ "fonts:google": 3 });
  });
});

describe("trees", () => {
  test.each([
    ["<b><p>x</b>y</p>", "<b></b><p><b>x</b>y</p>"],
    ["<b><i>x</b>y</i>", "<b><i>x</i></b><i>y</i>"],
    ["<p><b>a<p>b</b>c", "<p><b>a</b></p><p><b>b</b>c</p>"],
    ["<a href=x>a<a href=y>b", '<a href="x">a</a><a href="y">b</a>'],
    ["<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"],
    ["<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"],
    ["<p>a<div>b</div></p>", "<p>a</p><div>b</div><p></p>"],
    ["<table><tr><td>1<td>2</table>", "<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"],
    ["<table>x<tr><td>1</table>", "x<table><tbody><tr><td>1</td></tr></tbody></table>"],
    ["<table><b>x<tr><td>y</table>z", "<b>x</b><table><tbody><tr><td>y</td></tr></tbody></table><b>z</b>"],
    ["<select><option>a<option>b</select>", "<select><option>a</option><option>b</option></select>"],
    ["<button>a<button>b", "<button>a</button><button>b</button>"],
    ["<h1>a<h2>b", "<h1>a</h1><h2>b</h2>"],
    ["<svg><p>x", "<svg></svg><p>x</p>"],
    ["<form><form><input>", '<form method="dialog"><input></form>'],
    ["x</p></br>", "x<p></p><br>"],
    ["<pre>\n\na</pre>", "<pre>\n\na</pre>"],
    ["<pre>\na</pre>", "<pre>a</pre>"],
  ])("%p is read as a browser reads it", (input, output) => {
    expect(body(input)).toBe(output);
  });

  test("a card that is a link stays one", () => {
    const card = '<a href="x.html" class="card"><div><h2>T</h2><p>t</p></div></a>';
    expect(body(card)).toBe(card);
  });
});

describe("style sheets", () => {
  test.each(["p{", "p\\71 {", "@media x{", "p/**/q{"])(
    "%p too deep inside itself ends the sheet and is counted",
    (piece) => {
      const { html, report } = sanitize(`<style>${piece.repeat(70)}</style>`);
      expect(html).toContain("{}}");
      expect(report.rules).toEqual({ "limit:style-depth": 1 });
    },
  );

  test("attr() of any type takes no address from an attribute", () => {
    expect(rules("<style>p{background:attr(data-x type(*))}</style>")).toEqual({ "css:function": 1 });
    expect(rules("<style>p{content:attr(title);background:image-set(url(a.png) type('image/png'))}</style>")).toEqual(
      {},
    );
  });
});

describe("streaming", () => {
  test("output comes before the input has ended", () => {
    let html = "";
    const sanitizer = createSanitizer((chunk) => {
      html += chunk;
    });
    sanitizer.write("<!doctype html><title>x</title><style>a{color:red}</style><h1>Hello");
    expect(html).toContain("<body><h1>Hello");
    sanitizer.write("</h1>");
    expect(html).toEndWith("</h1>");
    sanitizer.end();
  });

  test("the report comes again when asked again, and late writes are nothing", () => {
    const sanitizer = createSanitizer(() => undefined);
    sanitizer.write("<script></script>");
    const report = sanitizer.end();
    sanitizer.write("<script></script>");
    expect(sanitizer.end()).toEqual(report);
  });
});

describe("encodings", () => {
  test("the encoding stands in the first kilobyte, whatever the root element carries", () => {
    for (const filler of ["x", "あ", '"']) {
      const { html, report } = sanitize(`<html lang="en" class='${filler.repeat(900)}' dir="ltr"><body>x`);
      expect(Buffer.from(html).indexOf('<meta charset="utf-8">')).toBeLessThan(1000);
      expect(html).toContain('lang="en" dir="ltr"');
      expect(report.rules).toEqual({ "limit:attribute": 1 });
    }
  });

  test("no escape character is left that could switch the encoding of a reader who guesses", () => {
    const { html } = sanitize('<p title="\u001b$B&#27;(J">\u001b(B&#x1b;<style>a::after{content:"\u001b"}</style>');
    expect(html).not.toContain("\u001b");
  });
});
