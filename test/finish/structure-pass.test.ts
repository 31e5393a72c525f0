import { describe, expect, test } from "bun:test";
import { finish } from "./finish.ts";

const body = async (html: string) => {
  const { page, finished } = await finish(
    `<!doctype html><html lang="en"><head><title>x</title></head><body>${html}</body></html>`,
  );
  return { body: /<body>(.*)<\/body>/s.exec(page)?.[1] ?? "", ...finished };
};

describe("headings", () => {
  test("only the first is the first", async () => {
    const page = await body("<main><h1>a</h1><section><h1>b <em>c</em></h1><h1>d</h1></section></main>");
    expect(page.body).toBe("<main><h1>a</h1><section><h2>b <em>c</em></h2><h2>d</h2></section></main>");
    expect(page.fixed["heading:second-h1"]).toBe(2);
  });

  test("a level that was jumped over is stated without changing the look", async () => {
    const page = await body("<main><h1>a</h1><h4>b</h4><h3>c</h3></main>");
    expect(page.body).toBe('<main><h1>a</h1><h4 aria-level="2">b</h4><h3>c</h3></main>');
  });

  test("a page without a first heading is told of", async () => {
    expect((await body("<main><h2>a</h2></main>")).found["heading:no-h1"]).toBe(1);
  });
});

describe("the main part", () => {
  test("is the first block of a body that marks none", async () => {
    const page = await body("<header>a</header><section><h1>b</h1></section><section>c</section>");
    expect(page.body).toBe('<header>a</header><section role="main"><h1>b</h1></section><section>c</section>');
  });

  test("stays where it is marked", async () => {
    expect((await body("<header><div>a</div></header><main><h1>b</h1></main>")).body).not.toContain("role=");
  });
});

describe("a field", () => {
  test("without a label is named by its placeholder", async () => {
    const page = await body(
      '<main><h1>x</h1><input placeholder="Your mail"><label>Name <input placeholder="n"></label></main>',
    );
    expect(page.body).toContain('<input placeholder="Your mail" aria-label="Your mail">');
    expect(page.body).toContain('<input placeholder="n">');
  });

  test("with a label before it is left alone", async () => {
    expect(
      (await body('<main><label for="m">Mail</label><input id="m" placeholder="you@"></main>')).body,
    ).not.toContain("aria-label");
  });
});

test("references to what is not there are counted", async () => {
  const { found } = await body(
    '<main><h1>x</h1><a href="#menu">a</a><a href="#here">b</a><p id="here">c</p><label for="no">d</label><button popovertarget="gone">e</button></main>',
  );
  expect(found).toMatchObject({ "link:target": 1, "label:target": 1, "reference:target": 1 });
});
