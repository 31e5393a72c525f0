/** So many chats that the messenger asked to leave alone mean that it is us who are too loud, not they. */
const chatsForAll = 3;
/** A chat's own pause is kept by the chat. This is only for as long as the next answer may show whether all is quiet again, or a few loud people could silence everybody. */
const maxShutMs = 5000;

/** Tells a messenger that is tired of one chat from one that is tired of us. */
export interface FloodGate {
  /** The messenger asked not to write to this chat for a while. */
  close(chatId: number, delayMs: number): void;
  /** Whether nothing at all should be sent now. */
  isShut(): boolean;
}

/** @param now Milliseconds on any clock that only goes forward. */
export function createFloodGate(now: () => number = () => performance.now()): FloodGate {
  const quietUntil = new Map<number, number>();
  return {
    close(chatId, delayMs) {
      quietUntil.set(chatId, now() + Math.min(delayMs, maxShutMs));
    },
    isShut() {
      for (const [chatId, until] of quietUntil) if (until <= now()) quietUntil.delete(chatId);
      return quietUntil.size >= chatsForAll;
    },
  };
}
