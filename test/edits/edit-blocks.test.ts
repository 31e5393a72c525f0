import { describe, expect, test } from "bun:test";
import { parseEditReply } from "../../src/edits/edit-blocks.ts";

const block = "<<<<<<< SEARCH\n<h1>Old</h1>\n=======\n<h1>New</h1>\n>>>>>>> REPLACE";

describe("slips that models make", () => {
  const slips: [string, string][] = [
    ["nothing around it", block],
    ["a sentence before and after", `I changed the heading.\n\n${block}\n\nAnything else?`],
    ["a fence around it", `\`\`\`html\n${block}\n\`\`\``],
    [
      "fences inside the halves",
      block.replace("<h1>Old</h1>", "```html\n<h1>Old</h1>\n```").replace("<h1>New</h1>", "```\n<h1>New</h1>\n```"),
    ],
    ["line ends of Windows", block.replaceAll("\n", "\r\n")],
    ["fewer signs", block.replace("<<<<<<<", "<<<<<").replace("=======", "=====").replace(">>>>>>>", ">>>>>")],
    [
      "more signs",
      block.replace("<<<<<<<", "<<<<<<<<<").replace("=======", "=========").replace(">>>>>>>", ">>>>>>>>>"),
    ],
    ["other words", block.replace("SEARCH", "ORIGINAL").replace("REPLACE", "UPDATED")],
    ["no words", block.replace(" SEARCH", "").replace(" REPLACE", "")],
    ["indented markers", block.replace(/^(<<|==|>>)/gm, "  $1")],
    ["no last marker", block.replace("\n>>>>>>> REPLACE", "")],
    ["everything escaped", block.replaceAll("<", "&lt;").replaceAll(">", "&gt;")],
    ["thinking with a draft before it", `<think>Maybe ${block.replace("Old", "Draft")}</think>\n${block}`],
    ["a stray end of thinking", `${block.replace("Old", "Draft")}\n</think>\n${block}`],
  ];
  test.each(slips)("%s", (_, reply) => {
    const { blocks } = parseEditReply(reply);
    expect(blocks).toEqual([{ page: undefined, readings: [{ search: "<h1>Old</h1>", replace: "<h1>New</h1>" }] }]);
  });

  test.each([
    ["above it", `about.html\n${block}`],
    ["as a heading", `### \`about.html\`\n\n\`\`\`html\n${block}\n\`\`\``],
    ["with a word", `Page: about.html\n${block}`],
    ["in the marker", block.replace("SEARCH", "SEARCH about.html")],
  ])("the file name %s", (_, reply) => {
    expect(parseEditReply(reply).blocks.map(({ page }) => page)).toEqual(["about.html"]);
  });

  test("a block that begins before the one before ended", () => {
    const { blocks } = parseEditReply(`${block.replace("\n>>>>>>> REPLACE", "")}\n${block}`);
    expect(blocks).toHaveLength(2);
    expect(blocks[0]).toEqual(blocks[1] as never);
  });
});

test("a line of the page that looks like the dividing line gives several readings", () => {
  const [one] = parseEditReply("<<<<<<< SEARCH\na\n=======\nb\n=======\nc\n>>>>>>> REPLACE").blocks;
  expect(one?.readings).toEqual([
    { search: "a", replace: "b\n=======\nc" },
    { search: "a\n=======\nb", replace: "c" },
  ]);
});

test("a block without a dividing line has no reading, an empty replacement has one", () => {
  expect(parseEditReply("<<<<<<< SEARCH\na\n>>>>>>> REPLACE").blocks).toEqual([{ page: undefined, readings: [] }]);
  const [empty] = parseEditReply("<<<<<<< SEARCH\na\n=======\n>>>>>>> REPLACE").blocks;
  expect(empty?.readings).toEqual([{ search: "a", replace: "" }]);
});

test("what the model says is told apart from its blocks", () => {
  expect(parseEditReply(`The title is shorter.\n\nindex.html\n\`\`\`\n${block}\n\`\`\``).prose).toBe(
    "The title is shorter.",
  );
});
