/**
 * How long a delivery whose handler rejected is held back before it returns to the queue. RabbitMQ counts every return
 * against the delivery limit, so the steps grow until all 20 of them outlast an outage of several minutes.
 *
 * @param returns Times this message came back before.
 * @returns Milliseconds, 200 … 30,000.
 */
export function redeliveryDelayMs(returns: number): number {
  return Math.min(30_000, 200 * 2 ** Math.min(returns, 10));
}
