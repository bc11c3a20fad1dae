import { CommandError } from '../command-line/command-error.ts';
import type { Given } from '../command-line/flags.ts';
import { MadeUp } from './made-up.ts';
import { wholeFlag, wholeOf, type Cell, type Workload, type WorkloadTable } from './workload.ts';

/** The cities, in the order in which rows are spread over them (`pkg/workload/movr/movr.go`, as all facts here). */
const CITIES = [
  'new york',
  'boston',
  'washington dc',
  'seattle',
  'san francisco',
  'los angeles',
  'amsterdam',
  'paris',
  'rome',
];

const SIZES = { users: 50, vehicles: 15, rides: 500, histories: 1000, 'promo-codes': 1000 };
type Sizes = typeof SIZES;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const CREATED_MS = Date.UTC(2019, 0, 2, 3, 4, 5);
const COLORS = ['red', 'yellow', 'blue', 'green', 'black'];
const BRANDS = ['Merida', 'Fuji', 'Cervelo', 'Pinarello', 'Santa Cruz', 'Kona', 'Schwinn'];

/**
 * MovR, the vehicle-sharing company of CockroachDB's documentation: its schema, numbers of rows, ids and cities are
 * those of `cockroach workload init movr`; names, addresses and who rides what are made up.
 */
export const movr: Workload = {
  about: 'MovR is a fictional vehicle sharing company',
  flags: Object.entries(SIZES).map(([what, size]) =>
    wholeFlag(`num-${what}`, size, `Number of ${what.replace('-', ' ')}`),
  ),
  tables: sizedTables,
  afterwards: [
    'ALTER TABLE vehicles ADD FOREIGN KEY (city, owner_id) REFERENCES users (city, id)',
    'ALTER TABLE rides ADD FOREIGN KEY (city, rider_id) REFERENCES users (city, id)',
    'ALTER TABLE rides ADD FOREIGN KEY (vehicle_city, vehicle_id) REFERENCES vehicles (city, id)',
    'ALTER TABLE vehicle_location_histories ADD FOREIGN KEY (city, ride_id) REFERENCES rides (city, id)',
    'ALTER TABLE user_promo_codes ADD FOREIGN KEY (city, user_id) REFERENCES users (city, id)',
  ],
};

function sizedTables(given: Given): WorkloadTable[] {
  const sizes = Object.fromEntries(
    Object.entries(SIZES).map(([what, size]) => [what, wholeOf(given, `num-${what}`, size)]),
  ) as Sizes;
  for (const what of ['users', 'vehicles', 'rides', 'histories'] as const)
    if (sizes[what] < CITIES.length)
      throw new CommandError(`could not validate: at least ${CITIES.length} ${what} are required`);
  return tablesOf(sizes);
}

function tablesOf(sizes: Sizes): WorkloadTable[] {
  const rows = (count: number, row: (index: number) => Cell[]): Cell[][] =>
    Array.from({ length: count }, (_, i) => row(i));
  return [
    {
      name: 'users',
      schema:
        '(id UUID NOT NULL, city VARCHAR NOT NULL, name VARCHAR NULL, address VARCHAR NULL, ' +
        'credit_card VARCHAR NULL, PRIMARY KEY (city ASC, id ASC))',
      rows: rows(sizes.users, (index) => {
        const drawn = new MadeUp(index);
        return [idOf(index, sizes.users), cityOf(index, sizes.users), drawn.name(), drawn.address(), drawn.digits(10)];
      }),
    },
    {
      name: 'vehicles',
      schema:
        '(id UUID NOT NULL, city VARCHAR NOT NULL, type VARCHAR NULL, owner_id UUID NULL, ' +
        'creation_time TIMESTAMP NULL, status VARCHAR NULL, current_location VARCHAR NULL, ext JSONB NULL, ' +
        'PRIMARY KEY (city ASC, id ASC), INDEX vehicles_auto_index_fk_city_ref_users (city ASC, owner_id ASC))',
      rows: rows(sizes.vehicles, (index) => vehicle(index, sizes)),
    },
    {
      name: 'rides',
      schema:
        '(id UUID NOT NULL, city VARCHAR NOT NULL, vehicle_city VARCHAR NULL, rider_id UUID NULL, ' +
        'vehicle_id UUID NULL, start_address VARCHAR NULL, end_address VARCHAR NULL, start_time TIMESTAMP NULL, ' +
        'end_time TIMESTAMP NULL, revenue DECIMAL(10,2) NULL, PRIMARY KEY (city ASC, id ASC), ' +
        'INDEX rides_auto_index_fk_city_ref_users (city ASC, rider_id ASC), ' +
        'INDEX rides_auto_index_fk_vehicle_city_ref_vehicles (vehicle_city ASC, vehicle_id ASC), ' +
        'CONSTRAINT check_vehicle_city_city CHECK (vehicle_city = city))',
      rows: rows(sizes.rides, (index) => ride(index, sizes)),
    },
    {
      name: 'vehicle_location_histories',
      schema:
        '(city VARCHAR NOT NULL, ride_id UUID NOT NULL, "timestamp" TIMESTAMP NOT NULL, lat FLOAT8 NULL, ' +
        'long FLOAT8 NULL, PRIMARY KEY (city ASC, ride_id ASC, "timestamp" ASC))',
      rows: rows(sizes.histories, (index) => {
        const drawn = new MadeUp(index);
        const city = cityIndex(index, sizes.histories);
        const rideId = idOf(rowInCity(drawn, city, sizes.rides), sizes.rides);
        return [CITIES[city]!, rideId, timeOf(CREATED_MS + index), drawn.below(360) - 180, drawn.below(180) - 90];
      }),
    },
    {
      name: 'promo_codes',
      schema:
        '(code VARCHAR NOT NULL, description VARCHAR NULL, creation_time TIMESTAMP NULL, ' +
        'expiration_time TIMESTAMP NULL, rules JSONB NULL, PRIMARY KEY (code ASC))',
      rows: rows(sizes['promo-codes'], promoCode),
    },
    {
      name: 'user_promo_codes',
      schema:
        '(city VARCHAR NOT NULL, user_id UUID NOT NULL, code VARCHAR NOT NULL, "timestamp" TIMESTAMP NULL, ' +
        'usage_count INT NULL, PRIMARY KEY (city ASC, user_id ASC, code ASC))',
      rows: [],
    },
  ];
}

function vehicle(index: number, sizes: Sizes): Cell[] {
  const drawn = new MadeUp(index);
  const city = cityIndex(index, sizes.vehicles);
  const type = drawn.oneOf(['skateboard', 'bike', 'scooter']);
  const owner = idOf(rowInCity(drawn, city, sizes.users), sizes.users);
  const chance = drawn.below(100);
  const status = chance < 40 ? 'available' : chance < 95 ? 'in_use' : 'lost';
  const color = drawn.oneOf(COLORS);
  const ext = JSON.stringify(type === 'bike' ? { brand: drawn.oneOf(BRANDS), color } : { color });
  return [idOf(index, sizes.vehicles), CITIES[city]!, type, owner, timeOf(CREATED_MS), status, drawn.address(), ext];
}

function ride(index: number, sizes: Sizes): Cell[] {
  const drawn = new MadeUp(index);
  const city = cityIndex(index, sizes.rides);
  const rider = idOf(rowInCity(drawn, city, sizes.users), sizes.users);
  const vehicleId = idOf(rowInCity(drawn, city, sizes.vehicles), sizes.vehicles);
  const startMs = CREATED_MS - drawn.below(30) * DAY_MS;
  const endMs = startMs + drawn.below(60) * HOUR_MS;
  const name = CITIES[city]!;
  const [from, to] = [drawn.address(), drawn.address()];
  return [
    idOf(index, sizes.rides),
    name,
    name,
    rider,
    vehicleId,
    from,
    to,
    timeOf(startMs),
    timeOf(endMs),
    drawn.below(100),
  ];
}

function promoCode(index: number): Cell[] {
  const drawn = new MadeUp(index);
  const expiresMs = CREATED_MS + drawn.below(30) * DAY_MS;
  const createdMs = expiresMs - drawn.below(30) * DAY_MS;
  // The number keeps codes apart, since so few words meet again.
  const code = `${index}_${drawn.words(3).join('_')}`;
  const rules = '{"type": "percent_discount", "value": "10%"}';
  return [code, drawn.paragraph(), timeOf(createdMs), timeOf(expiresMs), rules];
}

/** Returns an id of `count`, evenly spaced over all UUIDs and in the order of rows: CockroachDB's own. */
function idOf(index: number, count: number): string {
  const spaced = BigInt(Math.floor((index * 2 ** 64) / count));
  const high = (spaced & 0xffff_ffff_ffff_0fffn) | 0x4000n;
  const low = (BigInt(index) & 0x3fff_ffff_ffff_ffffn) | 0x8000_0000_0000_0000n;
  const digits = high.toString(16).padStart(16, '0') + low.toString(16).padStart(16, '0');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function cityIndex(row: number, rows: number): number {
  return Math.floor(row / (rows / CITIES.length));
}

function cityOf(row: number, rows: number): string {
  return CITIES[cityIndex(row, rows)]!;
}

/** Draws a row, of `rows`, that belongs to a city. */
function rowInCity(drawn: MadeUp, city: number, rows: number): number {
  const first = Math.ceil(city * (rows / CITIES.length));
  const end = Math.min(rows, Math.ceil((city + 1) * (rows / CITIES.length)));
  return first + drawn.below(end - first);
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
}
