import { describe, expect, it } from 'vitest';
import { withoutSecrets } from '../../../src/take-home/secrets.ts';

describe('a password is left out', () => {
  it.each([
    "CREATE USER max WITH PASSWORD 'hunter''2'",
    "ALTER USER max WITH LOGIN PASSWORD e'hunter\\'2'",
    'CREATE USER max PASSWORD $x$hunter2$x$',
    'postgresql://max:hunter%402@localhost:26257/bank',
    'https://max:hunter2@example.org/',
    'psycopg2.connect(user="max", password="hunter2")',
    "db.bind(provider='cockroach', password = 'hunter\\'2')",
    '"PASSWORD": "hunter2",',
    "{'password': r'hunter2'}",
    'SECRET_KEY = "hunter2"',
    'psycopg2.connect("host=localhost password=hunter2 user=max")',
    'psycopg2.connect("host=localhost password=hunter2")',
    'export PGPASSWORD=hunter2',
    "PGPASSWORD='hunter 2' psql",
    'DB_PASSWORD=hunter2; python a.py',
  ])('of %s', (text) => {
    const without = withoutSecrets(text);
    expect(without).not.toMatch(/hunter/);
    expect(without.match(/PASSWORD-LEFT-OUT/g)).toHaveLength(1);
    // The text around it stays, and a second pass changes nothing.
    expect(without.length - 'PASSWORD-LEFT-OUT'.length).toBeGreaterThan(8);
    expect(withoutSecrets(without)).toBe(without);
  });

  it.each([
    'def login(user, password):',
    'password = getpass.getpass("Password: ")',
    'password=None, user="max"',
    "PASSWORD=os.environ['DB_PASSWORD']",
    'connect(password=password, user="max")',
    'f"postgresql://{user}:{password}@localhost/bank"',
    'echo "postgresql://max:$PGPASSWORD@localhost"',
    'cursor.execute("ALTER USER max WITH PASSWORD %s", (new,))',
    'ALTER USER max WITH PASSWORD NULL',
    '"user=%s password=%s" % (user, new)',
    '# The password is asked for.',
    'print("http://localhost:8080/ @max")',
  ])('and nothing of %s', (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });
});
