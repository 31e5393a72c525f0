import type { PGlite } from "@electric-sql/pglite";
import pgliteData from "@electric-sql/pglite/pglite.data" with { type: "file" };
import pgliteWasm from "@electric-sql/pglite/pglite.wasm" with { type: "file" };

/**
 * What a single session with a small database needs. Postgres takes its shared memory whole at start, and each page of
 * it costs time: with its own 128 MB of buffers it would not even fit into the memory that the engine begins with.
 */
const settings = {
  shared_buffers: "4MB",
  max_connections: "4",
  superuser_reserved_connections: "0",
  max_wal_senders: "0",
};

export interface PgliteEngine {
  /** Starts on a data directory that `initdb` has been run on. */
  start(directory: string): Promise<PGlite>;
}

/**
 * Loads Postgres as WebAssembly. It is compiled on a thread of its own, as it is read: call this first and do other
 * things meanwhile.
 */
export function loadPgliteEngine(): PgliteEngine {
  const wasm = { headers: { "content-type": "application/wasm" } };
  const compiled = WebAssembly.compileStreaming(new Response(Bun.file(pgliteWasm), wasm));
  const data = Bun.file(pgliteData).arrayBuffer();
  const loaded = import("@electric-sql/pglite");
  return {
    async start(directory) {
      const { PGlite } = await loaded;
      /** Array types are looked up in the catalogue at every start, for columns that we do not have. */
      class Engine extends PGlite {
        override async _initArrayTypes(): Promise<void> {}
      }
      const engine = new Engine(directory, {
        // PGlite looks for its files beside its own module, where a compiled binary has none.
        pgliteWasmModule: await compiled,
        fsBundle: { arrayBuffer: () => data } as Blob,
        startParams: [
          ...PGlite.defaultStartParams,
          ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
        ],
      });
      await engine.waitReady;
      return engine;
    },
  };
}
