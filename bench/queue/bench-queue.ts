/** A job queue as the benchmark sees it. Jobs carry a number and nothing else. */
export interface BenchQueue extends AsyncDisposable {
  /** Resolves when the job is as durable as the system makes it. */
  enqueue(number: number): Promise<void>;
  /** Starts a worker that hands ten jobs at a time to `handle`. */
  work(handle: (number: number) => void): Promise<void>;
}

export interface BenchServers {
  databaseUrl: string;
  rabbitmqUrl: string;
  /** Of everything a system names outside the database. */
  prefix: string;
  redisPort: number;
  /** Of the servers that the system uses, which pay for its jobs too. */
  pids: { database?: number; broker?: number };
}

export const concurrency = 10;
