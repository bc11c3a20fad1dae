import type { Mode } from '../../../shared/protocol.ts';

const TLS: Record<Mode, string> = {
  secure: `  "?sslmode=verify-full" +
  "&sslrootcert=certs/ca.crt" +
  "&sslcert=certs/client.maxroach.crt" +
  "&sslkey=certs/client.maxroach.key";`,
  insecure: '  "?sslmode=disable";',
};

/** Returns the program that uses node-postgres. */
export function pgProgram(mode: Mode): string {
  return `// Keep a list of books in the bank database, with node-postgres.

const { Client } = require("pg");

const CONNECTION =
  "postgresql://maxroach@localhost:26257/bank" +
${TLS[mode]}

// Make an empty table, so that the program can be run again.
async function createTable(client) {
  await client.query("DROP TABLE IF EXISTS books");
  await client.query("CREATE TABLE books (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), title STRING NOT NULL)");
}

// Add a book, and return its ID.
async function addBook(client, title) {
  const { rows } = await client.query("INSERT INTO books (title) VALUES ($1) RETURNING id", [title]);
  return rows[0].id;
}

// The titles of all books, in order.
async function readTitles(client) {
  const { rows } = await client.query("SELECT title FROM books ORDER BY title");
  return rows.map((row) => row.title);
}

async function main() {
  const client = new Client({ connectionString: CONNECTION });
  await client.connect();
  try {
    await createTable(client);
    for (const title of ["Middlemarch", "Beloved"]) {
      console.log(\`Added \${title} as \${await addBook(client, title)}.\`);
    }
    console.log(\`The books are \${(await readTitles(client)).join(", ")}.\`);
  } finally {
    await client.end();
  }
}

main();
`;
}
