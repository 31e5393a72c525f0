/** Whose turn and limit a person's jobs are. */
export function tenantOf(userId: number): string {
  return `telegram:${userId}`;
}
