import { expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { compileStatement } from "../../src/db/compile-statement.ts";
import { jobs } from "../../src/db/schema.ts";

const part = sql`b = ${"two"} and ${sql.join([sql`c`, sql`d = ${null}`], sql` or `)}`;

test.each([
  ["parts within parts", sql`select ${1}::int where ${part} and ${part} limit ${sql.raw("3")}`],
  ["values of each kind", sql`values (${""}, ${0}, ${false}, ${null}, ${2n})`],
  ["what is left out", sql`select 1 ${undefined} + ${2}`],
  ["a list", sql`select ${1} in ${[2, 3]}`],
  ["a table and a column", sql`select ${jobs.id} from ${jobs} where ${jobs.status} = ${"queued"}`],
  ["a value that is an object", sql`select ${Buffer.from("x")}, ${1}`],
])("%s come out as Drizzle writes them", (_, statement) => {
  const { sql: text, params } = new PgDialect().sqlToQuery(statement);
  expect(compileStatement(statement)).toEqual({ text, params });
});
