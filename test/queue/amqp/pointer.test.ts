import { expect, test } from "bun:test";
import { createJobId } from "../../../src/ids.ts";
import { decodePointer, encodePointer } from "../../../src/queue/amqp/pointer.ts";

test("carries a job id in less than 200 bytes", () => {
  const jobId = createJobId();
  const body = encodePointer(jobId);
  expect(JSON.parse(body.toString())).toEqual({ v: 1, jobId });
  expect(body.length).toBeLessThan(200);
  expect(decodePointer(body)).toBe(jobId);
});

test.each([
  ["nothing", ""],
  ["half an object", '{"v":1,'],
  ["null", "null"],
  ["a bare id", `"${createJobId()}"`],
  ["an unknown version", `{"v":2,"jobId":"${createJobId()}"}`],
  ["a version in words", `{"v":"1","jobId":"${createJobId()}"}`],
  ["no job", '{"v":1}'],
  ["a job that is no id", '{"v":1,"jobId":"1; drop table jobs"}'],
  ["a job in upper case", `{"v":1,"jobId":"${createJobId().toUpperCase()}"}`],
  ["a job in a list", `{"v":1,"jobId":["${createJobId()}"]}`],
  ["too much", `{"v":1,"jobId":"${createJobId()}","more":"${"x".repeat(1024)}"}`],
  ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x00])],
])("finds no job in %s", (_what, body) => {
  expect(decodePointer(Buffer.from(body))).toBeUndefined();
});
