import { isJobId, type JobId } from "../../ids.ts";

const version = 1;
const maxBytes = 1024;

/** Body of a message: which job, and nothing else of it. */
export function encodePointer(jobId: JobId): Buffer {
  return Buffer.from(JSON.stringify({ v: version, jobId }));
}

/** The job a message points to, or `undefined` for anything that {@link encodePointer} did not write. */
export function decodePointer(body: Buffer): JobId | undefined {
  if (body.length > maxBytes) return undefined;
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value !== "object" || value === null || !("v" in value) || !("jobId" in value)) return undefined;
    return value.v === version && isJobId(value.jobId) ? value.jobId : undefined;
  } catch {
    return undefined;
  }
}
