/** What is said about a page that is not there, or not yet. */
export type SpokenMessage =
  | 404
  | 410
  | 500
  | 503
  | "unborn"
  | "queued"
  | "thinking"
  | "retrying"
  | "refused"
  | "unreachable"
  | "failed"
  | "cancelled"
  | "crowded";

/** What is said at the lower edge of a page that is being watched. */
export type NoticeName =
  | "finished"
  | "restarted"
  | "failed"
  | "gone"
  | "lost"
  | "changing"
  | "changeWaits"
  | "changed"
  | "notChanged";

/** Everything the preview server says to people, in one language. */
export interface PreviewWords {
  /** BCP 47. */
  language: string;
  lookAgain: string;
  messages: Readonly<Record<SpokenMessage, readonly [title: string, text: string]>>;
  /** The link may be empty: then there is none. */
  notices: Readonly<Record<NoticeName, readonly [text: string, link: string]>>;
}
