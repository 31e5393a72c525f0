import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A network that can fail, between one process and a server. */
export interface TcpProxy extends AsyncDisposable {
  /** The server's URL as seen through it. */
  readonly url: string;
  /** Connections stay open and nothing gets through, new ones included. */
  pause(): void;
  resume(): void;
  /** Nothing gets through the connections of this moment ever again, and nobody is told; new ones work. */
  lose(): void;
  /** Resets every connection. */
  cut(): void;
}

export async function startTcpProxy(serverUrl: string): Promise<TcpProxy> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  const lost = new Set<Socket>();
  let paused = false;

  function forward(from: Socket, to: Socket): void {
    sockets.add(from);
    from.setNoDelay(true);
    // What goes through is small, so nobody has to be slowed down; `pipe` would resume what was paused.
    from.on("data", (bytes) => void to.write(bytes));
    from.on("end", () => void to.end());
    from.on("error", () => void to.destroy());
    from.on("close", () => {
      sockets.delete(from);
      lost.delete(from);
      to.destroy();
    });
    if (paused) from.pause();
  }

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    forward(client, upstream);
    forward(upstream, client);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = new URL(serverUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  function cut(): void {
    for (const socket of [...sockets, ...lost]) socket.destroy();
  }

  return {
    url: url.href,
    pause() {
      paused = true;
      for (const socket of sockets) socket.pause();
    },
    resume() {
      paused = false;
      for (const socket of sockets) socket.resume();
    },
    lose() {
      for (const socket of sockets) lost.add(socket.pause());
      sockets.clear();
    },
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((closed) => server.close(closed));
    },
  };
}
