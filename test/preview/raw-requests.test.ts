import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { link, symlink } from "node:fs/promises";
import { join } from "node:path";
import { publishRevision } from "../../src/bundles/publish-revision.ts";
import { openPreviewServer, type PreviewServer } from "../../src/preview/preview-server.ts";
import { createRevision, samplePage } from "../bundles/sample-revision.ts";
import { openTemporaryRoot } from "../bundles/temporary-root.ts";
import { attacks, formatAttack } from "./attacks.ts";
import { type RawAnswer, sendRaw } from "./raw-request.ts";

setDefaultTimeout(60_000);

const stack = new AsyncDisposableStack();
const demo = createRevision();
const other = createRevision({ files: new Map([["index.html", "<p>the other page"]]) });
let server: PreviewServer;

beforeAll(async () => {
  const root = stack.use(await openTemporaryRoot());
  for (const revision of [demo, other]) await publishRevision(root.path, revision);
  const bundle = join(root.path, demo.siteId, "r1");
  await Bun.write(join(root.path, "secret.txt"), "SECRET");
  await symlink("/etc", join(bundle, "link-dir"));
  await link(join(root.path, "secret.txt"), join(bundle, "hard.txt"));
  server = stack.use(
    await openPreviewServer({ root: root.path, baseUrl: "http://localhost:8001", host: "127.0.0.1", port: 0 }),
  );
});
afterAll(() => stack.disposeAsync());

/** Answers that the runtime gives by itself, before the handler: no body, no content, connection closed. */
function isBare({ status, body, headers }: RawAnswer): boolean {
  return status === 100 || (body === "" && headers.get("connection") === "close" && !headers.has("content-type"));
}

describe("odd and hostile requests", () => {
  test.each(attacks.map((attack) => [attack.id, attack] as const))("%s", async (_, attack) => {
    const isHead = attack.method === "HEAD";
    const { answers, rest } = await sendRaw(server.port, formatAttack(attack, demo.siteId, other.siteId), {
      halfClose: attack.halfClose ?? false,
      isHead,
    });
    const own =
      answers.at(-1)?.status === 404 && answers.length > attack.statuses.length ? answers.slice(0, -1) : answers;
    expect(own.map((answer) => answer.status)).toEqual(attack.statuses);
    expect(rest).toBe("");
    for (const answer of own) {
      expect(answer.body).not.toMatch(/SECRET|root:|evil\.example/);
      expect(answer.headers.get("location") ?? "./").not.toMatch(/^(?:[a-z]+:|[\\/])/i);
      expect(answer.headers.has("set-cookie")).toBe(false);
      expect(answer.headers.has("server")).toBe(false);
      if (!isBare(answer)) expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
      if (answer.status === 405) expect(answer.headers.get("allow")).toBe("GET, HEAD");
      const isPlainPage = answer.status === 200 && !isHead && !answer.headers.has("content-encoding");
      if (isPlainPage && attack.id !== "dot-plain-inside") expect(answer.body).toBe(samplePage);
    }
  });

  test("closes the connection after every request that carries a body", async () => {
    for (const head of ["POST", "GET", "DELETE"]) {
      const path = `/p/${demo.siteId}/`;
      const length = `${head} ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello`;
      const chunked = `${head} ${path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`;
      for (const bytes of [length, chunked]) {
        const { answers } = await sendRaw(server.port, Buffer.from(bytes));
        expect(answers.map((answer) => answer.headers.get("connection"))).toEqual(["close"]);
      }
    }
  });
});
