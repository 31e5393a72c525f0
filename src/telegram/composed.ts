/** A notification in words, ready to be sent. */
export type Composed =
  | ComposedMessage
  | { kind: "document"; format: "zip" | "file" }
  | { kind: "callback_answer"; callbackQueryId: string; text: string; alert: boolean };

export interface ComposedMessage {
  kind: "message";
  html: string;
  keyboard: Button[][];
  /** Opens the field for an answer, with these words greyed in it. */
  askWith?: string | undefined;
}

export type Button =
  | { text: string; url: string }
  | { text: string; callback_data: string; style?: "danger" }
  | { text: string; copy_text: { text: string } };

export function message(html: string, keyboard: Button[][] = []): ComposedMessage {
  return { kind: "message", html, keyboard: keyboard.filter((row) => row.length > 0) };
}

/** Telegram refuses buttons that lead to a name without a dot, such as `localhost`. */
export function isPublicUrl(url: string): boolean {
  const { hostname = "" } = URL.parse(url) ?? {};
  return hostname.includes(".") && !hostname.endsWith(".localhost");
}

/** A button to `url`, if Telegram takes one. */
export function linkButton(text: string, url: string | undefined): Button[] {
  return url !== undefined && isPublicUrl(url) ? [{ text, url }] : [];
}
