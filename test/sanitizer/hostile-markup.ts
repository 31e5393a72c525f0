import fc from "fast-check";

/** Words of markup per theme: what interacts in a parser stands together, so that short documents hit rare states. */
const themes: Record<string, string[]> = {
  formatting: words("a b i u s em strong font nobr code p div span h1 h2 li ul address center"),
  tables: words("table caption colgroup col thead tbody tfoot tr td th div p b a form input select style svg"),
  lists: words("ul ol li dl dt dd menu dir p div address search b section"),
  forms: words("form button input select option optgroup hr textarea label fieldset legend datalist output p div"),
  foreign: words(
    "svg math g title desc foreignObject style script a path mi mo mn ms mtext annotation-xml annotation mglyph malignmark p br b table font textPath use image animate set image",
  ),
  rawText: words(
    "style title textarea xmp iframe noembed noframes noscript plaintext script template listing pre p svg math",
  ),
  structure: words("html head body title meta link base frameset frame style p div noscript template main header"),
  ruby: words("ruby rb rt rtc rp p b span"),
  odd: words(
    "marquee object applet embed param image isindex keygen bgsound basefont dialog details summary picture source video track audio canvas map area my-card unknown blink big tt strike dir menuitem selectedcontent portal fencedframe",
  ),
};

const attributes = [
  "",
  "",
  "",
  "",
  " class=x",
  ' id="a"',
  " href=x.html",
  ' href="javascript:alert(1)"',
  " src=a.png onerror=alert(1)",
  ' style="color:red;background:url(//evil.test)"',
  " color=red",
  " face=x",
  ' encoding="text/html"',
  " definitionurl=x",
  " xlink:href=#a",
  " xml:space=preserve",
  " viewbox='0 0 1 1'",
  " type=hidden",
  " name=body",
  " open",
  ' title="</style></title></textarea><img src=x onerror=alert(1)>"',
  " title='\"&quot;&lt;&amp;lt;&nbsp;\u00a0>'",
  " alt=`",
  " a<b=c",
  ' ="x"',
  " / /x",
  " \0=\0",
  ' x="',
  " y='",
];

const texts = [
  "x",
  "two words ",
  " ",
  "\n",
  "\n\n",
  "\t\f",
  "\r\n",
  "\r",
  "\0",
  "&",
  "&amp;",
  "&amp",
  "&lt;script&gt;",
  "&lt",
  "&#0;",
  "&#x80;",
  "&#xD800;",
  "&#13;",
  "&#10;",
  "&nbsp;",
  "\u00a0",
  "&notit;",
  "&NotEqualTilde;",
  "&notareference",
  "&#",
  "&#x",
  "<",
  "< ",
  "</",
  "<3",
  "<!",
  "<?",
  ">",
  "/>",
  "-->",
  "--!>",
  "]]>",
  "\ufeff",
  "\ud83e\uded6",
  "\ud83e",
  "\uded6",
  "שלום",
  "\u2028",
  "\u200b",
];

const pieces = [
  "<!---->",
  "<!-->",
  "<!--->",
  "<!--",
  "<!-- a -- b --!>",
  "<!doctype html>",
  "<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.01//EN'>",
  "<![CDATA[",
  "<![CDATA[x<b>y]]>",
  "<?php echo 1 ?>",
  "</ p>",
  "</>",
  "<img/src=x/onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<br/>",
  "<p/>",
  "<svg/>",
  "<math><mi/>",
  "<style><!--</style>",
  "<title>&lt;/title></title>",
  "<textarea>\n\n<b>&amp;</textarea>",
  "<pre>\n\nx",
  "<a href=1><b><a href=2>",
  "<table><tr><td><table>",
  "<table><a><a>",
  "<b><b><b><b>",
  "<p><b><i><u>",
  "<svg><style><img src onerror=alert(1)>",
  "<math><mtext><table><mglyph><style><math>",
  "<svg><desc><p>",
  "<form><div></form><form>",
  "<select><option><select>",
  "<script>",
  "</script>",
  "<style>",
  "</style>",
];

const css = [
  "a{color:red}",
  "}",
  "{",
  "/*",
  "*/",
  "@import '//evil.test';",
  "@media (width<9px){",
  "@media (1px<=width<9px){a{b:c}}",
  "@layer a,b;",
  "@supports (a:b){",
  "a{background:url(//evil.test/a)}",
  "a{background:URL( 'a.png' )}",
  "a{background:u\\72l(//evil.test)}",
  'a{background:image-set("//evil.test" 1x,url(a.png))}',
  "a{content:'\\'}",
  'a::after{content:"\\201c </style>"}',
  "\\",
  "\\3c ",
  "'",
  '"',
  "(",
  ")",
  "[",
  "]",
  "<!--",
  "-->",
  ";",
  ":",
  "--x:{a:b}",
  "--x: ;",
  "&:hover{a:b}",
  "a{b:c!important",
  "@\\69mport url(x);",
  "url(",
  "url(a b)",
  "U+0-7F",
  "\n",
  " ",
  "\0",
  "</",
  "</styl",
  "</style",
  "1e3",
  "\\31 0",
  "expression(1)",
  "a<b",
  "a>b",
  "#\\66 oo",
  ".\\@x",
  "calc(1px + (2 * 3))",
];

function words(list: string): string[] {
  return list.split(" ");
}

function tagsOf(names: string[]): fc.Arbitrary<string> {
  const name = fc.constantFrom(...names);
  const attribute = fc.constantFrom(...attributes);
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(name, attribute, fc.constantFrom("", "", "", "/"))
        .map(([tag, rest, slash]) => `<${tag}${rest}${slash}>`),
    },
    { weight: 4, arbitrary: name.map((tag) => `</${tag}>`) },
    { weight: 1, arbitrary: name.map((tag) => `<${tag.toUpperCase()}>`) },
    {
      weight: 1,
      arbitrary: fc.tuple(name, fc.integer({ min: 2, max: 40 })).map(([tag, times]) => `<${tag}>`.repeat(times)),
    },
  );
}

const everyTag = tagsOf(Object.values(themes).flat());
const text = fc.constantFrom(...texts);
const piece = fc.constantFrom(...pieces);
const sheet = fc.array(fc.constantFrom(...css), { maxLength: 12 }).map((parts) => parts.join(""));

function mixed(tags: fc.Arbitrary<string>): fc.Arbitrary<string[]> {
  const token = fc.oneof(
    { weight: 12, arbitrary: tags },
    { weight: 5, arbitrary: text },
    { weight: 2, arbitrary: piece },
    { weight: 2, arbitrary: everyTag },
    { weight: 1, arbitrary: sheet.map((content) => `<style>${content}</style>`) },
    { weight: 1, arbitrary: sheet.map((content) => `<p style="${content.replaceAll('"', "&quot;")}">`) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 6 }) },
  );
  return fc.array(token, { minLength: 1, maxLength: 30 });
}

/** Documents no author would write, as the pieces they are made of: shrinking one takes pieces away. */
export const hostileMarkup: fc.Arbitrary<string[]> = fc.oneof(
  ...Object.values(themes).map((names) => mixed(tagsOf(names))),
  mixed(everyTag),
  sheet.map((content) => ["<style>", content, "</style>x"]),
);

/** Tags that all stay, so that nothing but their nesting can change. */
const benign = ["formatting", "tables", "lists", "forms", "ruby"].map((theme) => themes[theme] ?? []);

/** Mis-nested documents of elements that are all allowed: the tree may only differ where no markup can express it. */
export const misnestedMarkup: fc.Arbitrary<string[]> = fc.oneof(
  ...benign.map((names) => {
    const name = fc.constantFrom(
      ...names.filter((one) => !["style", "svg", "dir", "option", "optgroup", "select", "datalist"].includes(one)),
    );
    const token = fc.oneof(
      { weight: 5, arbitrary: name.map((tag) => `<${tag}>`) },
      { weight: 4, arbitrary: name.map((tag) => `</${tag}>`) },
      { weight: 3, arbitrary: fc.constantFrom("x", "y", " ") },
    );
    return fc.array(token, { minLength: 1, maxLength: 16 });
  }),
);
