import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Size of the picture, CSS pixels: what link previews show whole. */
export const thumbnailSize = { width: 1200, height: 630 } as const;

export interface ThumbnailOptions {
  /** A Chromium or Chrome, `CHROMIUM_PATH`. */
  chromiumPath: string;
  /** From the request to the picture, waiting for other pictures included. */
  timeoutMs?: number | undefined;
}

interface ThumbnailPage {
  html: string;
  /** What the page refers to, by path. */
  files: ReadonlyMap<string, Uint8Array>;
}

/** @returns A PNG; nothing if there was none in time. Never throws: a page is published without one. */
export type Thumbnailer = (page: ThumbnailPage) => Promise<Uint8Array | undefined>;

const maxPictureBytes = 4 * 1024 * 1024;

/** The page is hostile content: it may show itself, and nothing else. */
const headers = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'none'; sandbox allow-same-origin",
  "X-Content-Type-Options": "nosniff",
};

const types: Record<string, string> = {
  svg: "image/svg+xml",
  webp: "image/webp",
  woff2: "font/woff2",
  png: "image/png",
};

/**
 * Takes pictures of pages with Chromium's own `--screenshot`, one at a time. The browser sees a server on loopback that
 * has this one page and its files, resolves no other name, is told to run no script, and has a profile that is thrown away.
 */
export function createThumbnailer({ chromiumPath, timeoutMs = 10_000 }: ThumbnailOptions): Thumbnailer {
  let last: Promise<unknown> = Promise.resolve();
  return (page) => {
    const deadline = performance.now() + timeoutMs;
    const turn = last.then(() => take(chromiumPath, page, deadline - performance.now())).catch(() => undefined);
    last = turn;
    return turn;
  };
}

async function take(chromiumPath: string, page: ThumbnailPage, timeoutMs: number): Promise<Uint8Array | undefined> {
  if (timeoutMs < 500) return undefined;
  const directory = await mkdtemp(join(tmpdir(), "orchestrator-thumbnail-"));
  const server = serve(page);
  try {
    const picture = join(directory, "picture.png");
    const browser = Bun.spawn([chromiumPath, ...flags(directory, picture), `http://127.0.0.1:${server.port}/`], {
      env: { HOME: directory, PATH: "/usr/bin:/bin" },
      stdio: ["ignore", "ignore", "ignore"],
      timeout: Math.ceil(timeoutMs),
      killSignal: "SIGKILL",
    });
    if ((await browser.exited) !== 0) return undefined;
    const bytes = await readFile(picture);
    return bytes.byteLength <= maxPictureBytes ? bytes : undefined;
  } finally {
    await server.stop(true);
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

function serve({ html, files }: ThumbnailPage) {
  return Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request) {
      const path = new URL(request.url).pathname.slice(1);
      if (path === "")
        return new Response(html, { headers: { ...headers, "Content-Type": "text/html; charset=utf-8" } });
      const bytes = files.get(path);
      const type = types[path.slice(path.lastIndexOf(".") + 1)];
      if (bytes === undefined || type === undefined) return new Response(null, { status: 404, headers });
      return new Response(bytes.slice(), { headers: { ...headers, "Content-Type": type } });
    },
  });
}

function flags(directory: string, picture: string): string[] {
  return [
    "--headless=new",
    // Chromium's own sandbox refuses to start for root, which is who runs in many containers.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    `--user-data-dir=${join(directory, "profile")}`,
    `--screenshot=${picture}`,
    `--window-size=${thumbnailSize.width},${thumbnailSize.height}`,
    "--force-device-scale-factor=1",
    "--force-prefers-reduced-motion",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-proxy-server",
    "--hide-scrollbars",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--mute-audio",
    "--password-store=basic",
  ];
}
