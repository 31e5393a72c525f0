import { expect, test } from "bun:test";
import { instructionsFor } from "../../src/ai/page-instructions.ts";
import { pageInstructions } from "../../src/ai/prompt.ts";

const directionIn = (instructions: string): string => instructions.split("# Art direction")[1]?.split("\n# ")[0] ?? "";

test("thirty coffee shops get thirty art directions", () => {
  const prompts = Array.from({ length: 30 }, (_, i) => `landing page for coffee shop number ${i}`);
  const directions = prompts.map((prompt) => directionIn(instructionsFor({ prompt }, "openai")));
  expect(new Set(directions).size).toBe(30);
  for (const part of [/- Type: [^;]*/, /- First screen: [^.]*/, /- Colours: ground #\w+/]) {
    expect(new Set(directions.map((direction) => part.exec(direction)?.[0])).size).toBeGreaterThanOrEqual(6);
  }
});

test("the same prompt gets the same direction, and a prompt's colour is part of it", () => {
  const asked = instructionsFor({ prompt: "a dark page for my bakery" }, "gemini");
  expect(instructionsFor({ prompt: "A dark  page for my bakery" }, "gemini")).toBe(asked);
  expect(asked).toContain("One scheme only: the page is dark.");
});

test("nothing of the person's words becomes an instruction", () => {
  const plain = instructionsFor({ prompt: "wedding page for Zoltana Quexley, call +1 555 0199" }, "openai");
  expect(plain).toStartWith(pageInstructions);
  for (const word of ["Zoltana", "Quexley", "0199"]) expect(plain).not.toContain(word);
});

test("a page in Cyrillic gets typefaces that have the letters", () => {
  for (let i = 0; i < 40; i++) {
    const direction = directionIn(instructionsFor({ prompt: `Сайт для кофейни номер ${i}` }, "openai"));
    expect(direction).not.toMatch(/Fraunces|DM Sans|Bricolage|Outfit|Space Grotesk/);
  }
});

test("pictures that were sent are asked for by slot", () => {
  const pictures = [
    { width: 1600, height: 1200 },
    { width: 300, height: 300 },
  ];
  const told = instructionsFor({ prompt: "my café", pictures }, "openai");
  expect(told).toContain("The person sent 2 pictures");
  expect(told).toContain('<img data-slot="photo-2" alt="…">: 300 × 300 pixels, square');
  expect(instructionsFor({ prompt: "my café" }, "openai")).not.toContain("The person sent");
});
