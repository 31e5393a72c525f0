import { describe, expect, test } from "bun:test";
import { wcagContrast } from "culori";
import { mendContrast } from "../../src/finish/css/mend-contrast.ts";

const value = (css: string, property: string): string =>
  new RegExp(`(?<=[{;])${property}:([^;}]*)`).exec(css)?.[1] ?? "";

describe("moves a colour that is too faint", () => {
  test("in the rule that sets text and ground", () => {
    const { css, fixed } = mendContrast(".b{background:#fff;color:#9a9a9a}.c{color:red}");
    expect(fixed).toBe(1);
    expect(wcagContrast(value(css, "color"), "#fff")).toBeGreaterThanOrEqual(4.5);
    expect(css).toEndWith(".c{color:red}");
  });

  test("as little as it takes, keeping its hue", () => {
    const { css } = mendContrast("body{background:#ffffff;color:#3aa76d}");
    const contrast = wcagContrast(value(css, "color"), "#fff");
    expect(contrast).toBeGreaterThanOrEqual(4.5);
    expect(contrast).toBeLessThan(5);
    expect(value(css, "color")).toMatch(/^#[0-4]\w[6-9]\w[3-6]\w$/);
  });

  test("where a custom property sets it, once for all grounds", () => {
    const { css } = mendContrast(
      ":root{--bg:#fffaf0;--text-muted:#a89f91}body{background:var(--bg)}.note{color:var(--text-muted)}.box{background:#efe6d8;color:var(--text-muted)}",
    );
    const muted = value(css, "--text-muted");
    for (const ground of ["#fffaf0", "#efe6d8"]) expect(wcagContrast(muted, ground)).toBeGreaterThanOrEqual(4.5);
    expect(css).toContain(".note{color:var(--text-muted)}");
  });

  test("of each colour scheme by itself", () => {
    const { css, fixed } = mendContrast(
      ":root{--bg:#fff;--muted:#777}body{background:var(--bg)}.a{color:var(--muted)}@media (prefers-color-scheme:dark){:root{--bg:#111;--muted:#555}}",
    );
    expect(fixed).toBe(2);
    const [light = "", dark = ""] = [...css.matchAll(/--muted:(#\w+)/g)].map(([, color = ""]) => color);
    expect(wcagContrast(light, "#fff")).toBeGreaterThanOrEqual(4.5);
    expect(wcagContrast(dark, "#111")).toBeGreaterThanOrEqual(4.5);
  });

  test("on the ground of the block that the selector names", () => {
    const { css } = mendContrast(".hero{background:#0b3d2e}.hero p{color:#3f6f5f}.hero__note{color:#3f6f5f}");
    const [first = "", second = ""] = [...css.matchAll(/[{;]color:(#\w+)/g)].map(([, color = ""]) => color);
    for (const color of [first, second]) expect(wcagContrast(color, "#0b3d2e")).toBeGreaterThanOrEqual(4.5);
  });

  test("of a large heading only to 3:1", () => {
    const css = "h1{background:#fff;color:#8a8a8a}";
    expect(mendContrast(css)).toEqual({ css, fixed: 0, left: 0 });
  });
});

describe("leaves alone", () => {
  test.each([
    ["what reads already", "body{background:#fff;color:#222}"],
    ["what may stand on another ground", ".footer-note{color:#fff}p{color:#999}"],
    [
      "what a part of the page sets again",
      ":root{--ink:#222}body{background:#fff}.band{background:#222;--ink:#eee}.band p{color:var(--ink)}",
    ],
    ["a ground of pictures or gradients", ".hero{background:linear-gradient(#000,#333)}.hero p{color:#eee}"],
    ["rules under conditions nobody here can judge", "@media (min-width:60em){body{background:#fff;color:#999}}"],
    [
      "a theme somebody would have to choose",
      '[data-theme="dark"]{--bg:#000}:root{--bg:#fff;--text:#222}body{background:var(--bg)}a{color:var(--text)}',
    ],
    ["what is no CSS", "}{;color:#999;{{background:#fff"],
  ])("%s", (_, css) => {
    expect(mendContrast(css).css).toBe(css);
  });
});
