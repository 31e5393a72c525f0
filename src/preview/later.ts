/** At hand or on its way. What is in memory is answered without a turn of the event loop. */
export type Later<T> = T | Promise<T>;

export function then<T, U>(value: Later<T>, next: (value: T) => Later<U>): Later<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
