/** Run as a process of its own: serves a directory with a small cache and prints where. */
import { openPreviewServer } from "../../src/preview/preview-server.ts";

const server = await openPreviewServer({
  root: process.argv[2] ?? "",
  baseUrl: "http://localhost:8001",
  host: "127.0.0.1",
  port: 0,
  cacheBytes: 4 * 1024 * 1024,
});
process.stdout.write(`${server.port}\n`);
