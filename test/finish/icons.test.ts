import { describe, expect, test } from "bun:test";
import { findIcon } from "../../src/finish/icons/icon-set.ts";
import { finish } from "./finish.ts";

const main = async (html: string) => {
  const { page } = await finish(`<main>${html}</main>`);
  return /<main>(.*)<\/main>/s.exec(page)?.[1] ?? "";
};

describe("a named icon", () => {
  test("becomes its drawing, with the element's looks", async () => {
    const drawn = await main('<i data-icon="coffee" class="sign" style="color:red"></i>');
    expect(drawn).toStartWith(
      '<svg class="sign" style="color:red" data-icon="coffee" aria-hidden="true" viewBox="0 0 24 24" width="1em" height="1em"><path',
    );
    expect(drawn).toEndWith("</path></svg>");
  });

  test("is put before the content of an element that has some", async () => {
    expect(await main('<a href="#" data-icon="phone">Call</a>')).toMatch(
      /^<a href="#" data-icon="phone"><svg [^>]*>.*<\/svg>Call<\/a>$/,
    );
  });

  test("with a label is a picture, without one decoration", async () => {
    expect(await main('<i data-icon="star" aria-label="Popular"></i>')).toContain('role="img" aria-label="Popular"');
  });

  test.each([
    ["Font Awesome", '<i class="fas fa-map-marker-alt"></i>', "map-pin"],
    ["Font Awesome 6", '<i class="fa-solid fa-mug-hot fa-2x"></i>', "coffee"],
    ["Material", '<span class="material-icons">schedule</span>', "clock"],
    ["Bootstrap", '<i class="bi bi-envelope-fill"></i>', "mail"],
    ["Feather", '<i data-feather="instagram"></i>', "instagram"],
  ])("of %s is drawn too", async (_, html, name) => {
    const drawn = await main(html);
    expect(drawn).toStartWith("<svg");
    expect(drawn.replaceAll(/><\/\w+>/g, "/>")).toContain(
      / d="([^"]{6,})"/.exec(findIcon(name) ?? "")?.[1] ?? "missing",
    );
  });

  test("that nobody knows leaves no gap, and is told of", async () => {
    const { page, finished } = await finish('<main><i data-icon="qqqq"></i>x</main>');
    expect(page).toContain("<main>x</main>");
    expect(finished.found["icon:unknown"]).toBe(1);
  });
});

test("text in italics stays text", async () => {
  expect(await main('<i class="name">Nota bene</i><i></i>')).toBe('<i class="name">Nota bene</i><i></i>');
});

test("names are looked up by word, never in the prototype", () => {
  expect(findIcon("coffee cup steaming")).toBe(findIcon("coffee") as string);
  expect(findIcon("__proto__")).toBeUndefined();
  expect(findIcon("constructor")).toBeUndefined();
});
