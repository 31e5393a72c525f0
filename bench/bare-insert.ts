/** What one would write first: a server that parses the update and inserts one row. The yardstick of `webhook.ts`. */
import postgres from "postgres";

const sql = postgres(process.env["DATABASE_URL"] ?? "", { max: 10, onnotice: () => undefined });
await sql`create table if not exists bare (update_id bigint primary key, prompt text not null)`;
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  async fetch(request) {
    const update = (await request.json()) as { update_id: number; message: { text: string } };
    await sql`insert into bare (update_id, prompt) values (${update.update_id}, ${update.message.text}) on conflict do nothing`;
    return Response.json({ ok: true });
  },
});
console.log(server.url.origin);
