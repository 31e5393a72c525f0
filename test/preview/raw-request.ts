import { connect } from "node:net";

export interface RawAnswer {
  status: number;
  headers: Map<string, string>;
  body: string;
}

export interface RawConversation {
  answers: RawAnswer[];
  /** What came back that is not a whole answer. */
  rest: string;
}

const sentinelPath = "/sentinel";

/**
 * Sends bytes exactly as given over a connection of their own and reads until the server closes it.
 * After each whole answer a well-formed request with `Connection: close` follows, so that a server
 * that keeps the connection open ends it, and one that took part of the bytes for another request shows it:
 * the answer to that last request is taken off, anything else in between stays.
 */
export function sendRaw(
  port: number,
  bytes: Buffer,
  { halfClose = false, isHead = false } = {},
): Promise<RawConversation> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    let isLast = false;
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (!isLast && !halfClose && parseAnswers(received, isHead).answers.length > 0) {
        isLast = true;
        socket.write(`GET ${sentinelPath} HTTP/1.1\r\nHost: sentinel\r\nConnection: close\r\n\r\n`);
      }
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "ECONNRESET" && error.code !== "EPIPE") reject(error);
    });
    socket.on("end", () => socket.end());
    socket.on("close", () => resolve(parseAnswers(received, isHead)));
    socket.write(bytes);
    if (halfClose) socket.end();
  });
}

function parseAnswers(bytes: Buffer, isHead: boolean): RawConversation {
  const answers: RawAnswer[] = [];
  let rest = bytes.toString("latin1");
  while (true) {
    const head = /^HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n((?:[^\r\n]+\r\n)*)\r\n/.exec(rest);
    if (!head) return { answers, rest };
    const status = Number(head[1]);
    const headers = new Map<string, string>();
    for (const line of (head[2] ?? "").split("\r\n").filter(Boolean)) {
      const colon = line.indexOf(":");
      headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
    }
    const hasBody = !(isHead && answers.length === 0) && status !== 304 && status >= 200;
    const length = hasBody ? Number(headers.get("content-length") ?? 0) : 0;
    if (rest.length < head[0].length + length) return { answers, rest };
    answers.push({ status, headers, body: rest.slice(head[0].length, head[0].length + length) });
    rest = rest.slice(head[0].length + length);
  }
}
