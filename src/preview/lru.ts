interface Entry<V> {
  value: V;
  weight: number;
  used: boolean;
}

/**
 * Keeps recently used values within a budget of weight. Use is noted by a mark and paid for at
 * eviction (second chance), so that a hit costs one lookup.
 */
export class Lru<K, V> {
  readonly #entries = new Map<K, Entry<V>>();
  readonly #maxWeight: number;
  #weight = 0;

  constructor(maxWeight: number) {
    this.#maxWeight = maxWeight;
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    entry.used = true;
    return entry.value;
  }

  /** A value heavier than the whole budget is not kept. */
  set(key: K, value: V, weight: number): void {
    this.delete(key);
    if (weight > this.#maxWeight) return;
    this.#entries.set(key, { value, weight, used: false });
    this.#weight += weight;
    this.#evict();
  }

  delete(key: K): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#weight -= entry.weight;
    this.#entries.delete(key);
  }

  #evict(): void {
    // Entries put back come round again at the end of the same iteration, unmarked.
    for (const [key, entry] of this.#entries) {
      if (this.#weight <= this.#maxWeight) return;
      this.#entries.delete(key);
      if (entry.used) this.#entries.set(key, { ...entry, used: false });
      else this.#weight -= entry.weight;
    }
  }
}
