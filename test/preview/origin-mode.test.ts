import { expect, setDefaultTimeout, test } from "bun:test";
import { createSiteId } from "../../src/ids.ts";
import { samplePage } from "../bundles/sample-revision.ts";
import { openPreviewStage } from "./preview-stage.ts";

setDefaultTimeout(60_000);

const openOriginStage = () => openPreviewStage({}, "http://*.localhost:8001");

test("each site answers at a host of its own", async () => {
  await using stage = await openOriginStage();
  const { siteId } = stage.revision;
  for (const host of [`${siteId}.localhost:8001`, `${siteId.toUpperCase()}.LOCALHOST`, `${siteId}.localhost.:80`]) {
    const answer = await stage.get("/", { headers: { host, "accept-encoding": "identity" } });
    expect(await answer.text()).toBe(samplePage);
  }
  const headers = { host: `${siteId}.localhost:8001` };
  expect((await stage.get("/assets/style.css", { headers })).status).toBe(200);
  expect((await stage.get("/r/1/", { headers })).headers.get("cache-control")).toContain("immutable");
  expect((await stage.get("/r/1", { headers })).headers.get("location")).toBe("1/");
});

test("the path names no other site", async () => {
  await using stage = await openOriginStage();
  const headers = { host: `${stage.revision.siteId}.localhost:8001` };
  expect((await stage.get(`${stage.site}/`, { headers })).status).toBe(404);
  const unknown = { host: `${createSiteId()}.localhost:8001` };
  expect((await stage.get("/", { headers: unknown })).status).toBe(404);
});

test("421 for a host that is no site", async () => {
  await using stage = await openOriginStage();
  const { siteId } = stage.revision;
  for (const host of [
    "localhost:8001",
    "127.0.0.1",
    "evil.example",
    `${siteId}.evil.example`,
    `x${siteId}.localhost`,
    `${siteId}.localhost.evil.example`,
    `a.${siteId}.localhost`,
    `${siteId}localhost`,
    siteId,
  ]) {
    const answer = await stage.get("/", { headers: { host } });
    expect([host, answer.status]).toEqual([host, 421]);
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
  }
});

test("health answers at any host", async () => {
  await using stage = await openOriginStage();
  expect((await stage.get("/health")).status).toBe(200);
});
