import { expect, test } from "bun:test";
import { dirname, join, normalize } from "node:path";
import { Glob } from "bun";

const leaves = ["ids", "errors", "logger", "config", "tracing", "within"];

/** Folder (or file) of `src/` → what it may import besides itself and the leaves. */
const allowed: Record<string, string[]> = {
  ids: [],
  errors: [],
  logger: [],
  config: [],
  tracing: [],
  within: [],
  db: [],
  queue: [],
  sanitizer: [],
  design: [],
  thumbnail: [],
  page: [],
  ai: ["design", "page"],
  finish: ["design", "sanitizer"],
  bundles: ["sanitizer", "finish", "page"],
  edits: ["ai", "design", "page", "sanitizer"],
  preview: ["bundles", "sanitizer"],
  pictures: [],
  jobs: ["thumbnail", "db", "queue", "ai", "sanitizer", "finish", "bundles", "edits", "design", "page", "pictures"],
  telegram: ["jobs", "db", "pictures", "edits"],
  api: ["telegram", "jobs", "db", "queue"],
  telemetry: ["telegram", "jobs", "ai", "db", "queue"],
  doctor: ["telegram", "bundles", "ai", "queue", "db", "thumbnail"],
  app: ["telemetry", "jobs", "queue", "db"],
  roles: [
    "thumbnail",
    "app",
    "doctor",
    "telemetry",
    "api",
    "telegram",
    "jobs",
    "preview",
    "bundles",
    "finish",
    "pictures",
    "sanitizer",
    "ai",
    "queue",
    "db",
  ],
  mod: [
    "roles",
    "app",
    "doctor",
    "api",
    "telegram",
    "jobs",
    "preview",
    "bundles",
    "finish",
    "pictures",
    "sanitizer",
    "ai",
    "queue",
    "db",
  ],
};

/** Package → the folder, or the few, that may import it. */
const rooms: Record<string, string | string[]> = {
  elysia: "src/api/",
  "@imagemagick/magick-wasm": "src/pictures/",
  grammy: "src/telegram/",
  amqplib: "src/queue/",
  postgres: "src/db/",
  "@electric-sql/pglite": "src/db/",
  openai: "src/ai/",
  "@google/generative-ai": "src/ai/",
  htmlparser2: "src/sanitizer/",
  "css-tree": "src/sanitizer/",
  commander: "cmd/",
  "prom-client": "src/telemetry/",
  "@opentelemetry/api": ["src/tracing.ts", "src/telemetry/"],
  "@opentelemetry/sdk-trace": "src/telemetry/",
  "@opentelemetry/exporter-trace-otlp-http": "src/telemetry/",
};

const importPattern = /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s*"([^"]+)"|import\(\s*"([^"]+)"\s*\)/g;

function room(path: string): string {
  const [, first = ""] = path.split("/");
  return first.replace(/\.ts$/, "");
}

async function* imports(): AsyncGenerator<{ file: string; target: string }> {
  for (const pattern of ["src/**/*.ts", "cmd/**/*.ts"]) {
    for await (const file of new Glob(pattern).scan(".")) {
      const text = await Bun.file(file).text();
      for (const match of text.matchAll(importPattern)) yield { file, target: match[1] ?? match[2] ?? "" };
    }
  }
}

test("imports point one way", async () => {
  const violations: string[] = [];
  let seen = 0;
  for await (const { file, target } of imports()) {
    if (!file.startsWith("src/") || !target.startsWith(".")) continue;
    seen++;
    const path = normalize(join(dirname(file), target));
    if (!path.startsWith("src/")) continue;
    const [from, to] = [room(file), room(path)];
    if (from !== to && !leaves.includes(to) && !allowed[from]?.includes(to)) violations.push(`${file} → ${path}`);
  }
  expect(seen).toBeGreaterThan(0);
  expect(violations).toEqual([]);
});

test("a package stays in its room", async () => {
  const violations: string[] = [];
  for await (const { file, target } of imports()) {
    for (const [name, home] of Object.entries(rooms)) {
      const imported = target === name || target.startsWith(`${name}/`);
      if (imported && ![home].flat().some((one) => file.startsWith(one))) violations.push(`${file}: ${target}`);
    }
  }
  expect(violations).toEqual([]);
});

test("mod.ts loads no package and nothing that does the work; that comes with the first call", async () => {
  const loader = new Bun.Transpiler({ loader: "ts" });
  const loaded = new Set(["src/mod.ts"]);
  const packages: string[] = [];
  for (const file of loaded) {
    for (const { path, kind } of loader.scanImports(await Bun.file(file).text())) {
      if (kind !== "import-statement" || path.startsWith("node:")) continue;
      if (path.startsWith(".")) loaded.add(normalize(join(dirname(file), path)));
      else packages.push(`${file}: ${path}`);
    }
  }
  expect(loaded).toContain("src/config/config.ts");
  expect(packages).toEqual([]);
  expect([...loaded].filter((file) => ["app", "roles", "sanitizer"].includes(room(file)))).toEqual([]);
});

test("commands reach the library through mod.ts only", async () => {
  const violations: string[] = [];
  for await (const { file, target } of imports()) {
    if (file.startsWith("cmd/") && target.includes("/src/") && !target.endsWith("/src/mod.ts"))
      violations.push(`${file}: ${target}`);
  }
  expect(violations).toEqual([]);
});
