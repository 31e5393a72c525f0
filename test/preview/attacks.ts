import fixture from "../fixtures/preview/attacks.json" with { type: "json" };

/** An odd or hostile request. Its paths speak of a site `demo` and one `other`. */
export interface Attack {
  id: string;
  /** What a careful server does, in words. */
  expect: string;
  /** What this one answers, request by request; empty when it closes without a word. */
  statuses: number[];
  /** Where the runtime answers before the handler can, and how. */
  differs?: string;
  method?: string;
  path?: string;
  headers?: Record<string, string | null>;
  rawHeaders?: string;
  raw?: string;
  halfClose?: boolean;
}

export const attacks = fixture as Attack[];

/** The bytes to send, with real site ids in the place of the names. */
export function formatAttack(
  { raw, method, path = "", rawHeaders, headers }: Attack,
  demo: string,
  other: string,
): Buffer {
  const substitute = (text: string) =>
    text
      .replaceAll("/p/demo", `/p/${demo}`)
      .replaceAll("/p/DEMO", `/p/${demo.toUpperCase()}`)
      .replaceAll("/other/", `/${other}/`);
  if (raw !== undefined) return Buffer.from(substitute(raw), "latin1");
  const lines = Object.entries({ Host: "localhost:8001", ...headers })
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${substitute(path)} HTTP/1.1\r\n${rawHeaders ?? lines.join("")}\r\n`, "latin1");
}
