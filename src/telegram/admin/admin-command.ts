/** Commands of the operators, and what follows them. Everybody else is told that there is no such command. */
export const adminCommands = {
  stats: { follows: "", description: "How things are" },
  jobs: { follows: "[queued|running|completed|failed|cancelled]", description: "The latest jobs" },
  retry: { follows: "<job>", description: "Queue a job again" },
  takedown: { follows: "<site or link>", description: "Take a page off the net" },
  broadcast: { follows: "<text>", description: "Write to everybody" },
} as const;

export type AdminCommandName = keyof typeof adminCommands | "broadcast_confirm";

export interface AdminCommand {
  name: AdminCommandName;
  argument: string;
}

/** `/broadcast_17` confirms the seventeenth: it can be tapped. */
const confirmation = /^broadcast_(\d{1,15})$/;

export function parseAdminCommand(name: string, argument: string): AdminCommand | undefined {
  const confirmed = confirmation.exec(name)?.[1];
  if (confirmed !== undefined) return { name: "broadcast_confirm", argument: confirmed };
  return Object.hasOwn(adminCommands, name) ? { name: name as keyof typeof adminCommands, argument } : undefined;
}
