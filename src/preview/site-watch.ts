import { liveListName, livePageName, parseLiveFile } from "../bundles/live-files.ts";
import { readManifest } from "../bundles/read-manifest.ts";
import { hasEnded, readSiteIndex } from "../bundles/site-index.ts";
import { readSiteStatus, type SiteStatus } from "../bundles/site-status.ts";
import type { JobId, SiteId } from "../ids.ts";
import { describeFile, type ServedFile } from "./bundle-index.ts";
import { Tail } from "./tail.ts";

/** Polled, because the writer may be on another machine: no notice of a change crosses a shared volume. */
const readEveryMs = 40;
const lookEveryMs = 160;
/** A writer that is alive is never silent for so long: a provider has thirty seconds between two words. */
const silentForMs = 75_000;
/** Larger than any reply that is taken. */
const maxPageBytes = 4 * 1024 * 1024;
/** A list of two hundred files has a tenth of it. */
const maxListBytes = 256 * 1024;

/** Where a site's next revision is. */
export type SiteNews =
  | SiteStatus
  /** `sha256` is that of its `index.html`. */
  | { state: "published"; sha256: string | undefined }
  /** Removed or expired. */
  | { state: "gone" }
  /** Nobody writes it any more: there is no sign of it, or nothing came for too long. */
  | { state: "lost" };

const final: ReadonlySet<SiteNews["state"]> = new Set(["published", "gone", "lost", "failed", "cancelled"]);

/**
 * Follows what is being written for one site, for all who watch it: one reader of one file, in memory once, however
 * many they are. Runs while somebody watches, until the page is finished one way or another.
 */
export class SiteWatch {
  news: SiteNews;
  /** The page that is being written, from its first byte on. */
  page: Tail | undefined;
  /** What it may refer to so far, by path. */
  files = new Map<string, ServedFile>();
  viewers = 0;
  readonly #root: string;
  readonly #siteId: SiteId;
  #jobId: JobId;
  #live = "";
  #list: Tail | undefined;
  #listed = 0;
  #changed = Promise.withResolvers<void>();
  #lastSign = Date.now();
  #left = false;

  constructor(root: string, siteId: SiteId, status: SiteStatus) {
    this.#root = root;
    this.#siteId = siteId;
    this.news = status;
    this.#jobId = status.jobId;
  }

  get isOver(): boolean {
    return final.has(this.news.state);
  }

  /** Whether it goes on: one that is over, or was left by everybody, takes nobody in. */
  get isOpen(): boolean {
    return !this.isOver && !this.#left;
  }

  /** Resolves when `news` or `page` is not what it was. */
  changed(): Promise<void> {
    return this.#changed.promise;
  }

  /** Tells everybody to leave. */
  stop(): void {
    this.#tell({ state: "lost" });
  }

  /** Resolves when it is over or nobody watches any more. */
  async run(): Promise<void> {
    let nextLook = 0;
    while (this.viewers > 0 && !this.isOver) {
      const look = Date.now() >= nextLook;
      if (look) nextLook = Date.now() + lookEveryMs;
      // A disk that fails for a moment is not news; one that fails for longer is silence.
      await this.#advance(look).catch(() => undefined);
      if (Date.now() - this.#lastSign > silentForMs) this.#tell({ state: "lost" });
      else if (!this.isOver) await Bun.sleep(readEveryMs);
    }
    // Before the file is closed: whoever came in that moment would wait for ever.
    this.#left = true;
    await this.#close();
  }

  async #advance(look: boolean): Promise<void> {
    const news = look ? await this.#look() : this.news;
    // Whoever ends the writing has written everything before it says so.
    await this.#read();
    if (news.state === "writing" && news.live !== this.#live) await this.#open(news.live);
    if (describe(news) !== describe(this.news)) this.#tell(news);
  }

  /** Status before index: a page leaves the one when it is in the other. */
  async #look(): Promise<SiteNews> {
    const status = await readSiteStatus(this.#root, this.#siteId);
    const index = await readSiteIndex(this.#root, this.#siteId);
    if (index?.state === "gone" || (index && hasEnded(index))) return { state: "gone" };
    const entry = index?.revisions.find(({ jobId }) => jobId === this.#jobId);
    if (entry) {
      const manifest = await readManifest(this.#root, this.#siteId, entry.revision);
      return { state: "published", sha256: manifest?.files.get("index.html")?.sha256 };
    }
    if (status) this.#jobId = status.jobId;
    return status ?? { state: "lost" };
  }

  async #open(name: string): Promise<void> {
    await this.#close();
    const directory = `${this.#siteId}/${name}`;
    this.#list = await Tail.open(this.#root, `${directory}/${liveListName}`, maxListBytes);
    this.#listed = 0;
    this.files = new Map();
    this.page = await Tail.open(this.#root, `${directory}/${livePageName}`, maxPageBytes);
    this.#live = name;
    await this.#read();
  }

  async #close(): Promise<void> {
    this.#live = "";
    await this.page?.close();
    await this.#list?.close();
  }

  /** The page before its files: whatever it refers to was listed earlier. */
  async #read(): Promise<void> {
    const { page } = this;
    if (this.#live === "" || !page) return;
    const before = page.length;
    await page.read();
    await this.#readList();
    if (page.length === maxPageBytes) this.#tell({ state: "lost" });
    else if (page.length > before) this.#tell(this.news);
  }

  async #readList(): Promise<void> {
    await this.#list?.read();
    const { bytes, length } = this.#list ?? { bytes: new Uint8Array(), length: 0 };
    for (let end = bytes.indexOf(10, this.#listed); end !== -1 && end < length; end = bytes.indexOf(10, this.#listed)) {
      const file = parseLiveFile(new TextDecoder().decode(bytes.subarray(this.#listed, end)));
      this.#listed = end + 1;
      if (file) this.files.set(file.path, describeFile(file, `${this.#siteId}/${this.#live}/${file.sha256}`));
    }
  }

  #tell(news: SiteNews): void {
    this.news = news;
    this.#lastSign = Date.now();
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

function describe(news: SiteNews): string {
  return news.state === "writing" ? news.live : news.state;
}
