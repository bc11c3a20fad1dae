import { Hono } from 'hono';
import type { AddressInfo, Server } from 'node:net';
import { availableParallelism } from 'node:os';
import { missingLanguages } from '../languages/in-sandbox.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { balancerCheck } from './balancer-check.ts';
import { endOnSignal } from './end-on-signal.ts';
import type { LimitName } from './errors.ts';
import { openPrerequisites } from './prerequisites.ts';
import { apiApp } from './http/app.ts';
import { isLoopback } from './http/host-check.ts';
import { Counter } from './http/counter.ts';
import { createHttpServer } from './http/http-server.ts';
import { reportUnaccepted } from './http/unaccepted.ts';
import { addressReader } from './http/client-address.ts';
import { openLog } from './log.ts';
import { metricsServer } from './metrics/metrics-server.ts';
import { reportTo } from './report.ts';
import { inlineScriptHashes, readSiteFiles } from './http/site-files.ts';
import { SiteLabels } from './http/site-labels.ts';
import { staticSite } from './http/static-site.ts';
import { Service } from './sandbox/service.ts';

/** The same as in `server/setup/node.mjs`, which installs this Node. */
const NODE_MAJOR = 24;

const [major] = process.versions.node.split('.').map(Number);
if (major === undefined || major < NODE_MAJOR) {
  console.error(
    `Bankrun needs Node ${NODE_MAJOR} or newer, and this is ${process.versions.node}: start it with \`npm start\`.`,
  );
  process.exit(1);
}

const config = readConfigOrEnd();
const { format, level, addresses } = config.log;
const isRead = format === 'lines' || (format === 'auto' && process.stderr.isTTY);
const log = await openLog({ format: isRead ? 'lines' : 'json', level, instance: config.instance });
// Loaded only when needed, because it takes time and memory.
const metrics = config.metricsAddress && new (await import('./metrics/metrics.ts')).Metrics();
const report = metrics ? reportTo(log, metrics.report) : log;
const service = new Service(report);
const inProgress = new Counter<LimitName>();
metrics?.watch({
  health: () => service.health(),
  figures: () => service.figures(),
  memoryBytes: () => service.memoryBytes(),
  inProgress: (what) => inProgress.of(what),
});
const app = new Hono();
const siteFiles = readSiteFiles(config.siteDir);
const labels = new SiteLabels(siteFiles);
metrics?.expect(labels.pages);
app.route(
  '/',
  apiApp(service, {
    ...config,
    isLocal: isLoopback(config.host),
    inlineScripts: inlineScriptHashes(siteFiles),
    report,
    reportAddresses: addresses,
    labels,
    inProgress,
  }),
);
app.route('/', staticSite(siteFiles, addressReader(config.trustProxy), report, inProgress, labels));

const server = createHttpServer(app, { ...config, report });
listen(server, config, 'PORT', (at) => console.log(`Bankrun is at http://${at}/`));
const check = balancerCheck(() => (service.drains ? 'draining' : (service.room ?? 'off')));
if (config.checkAddress)
  listen(check, config.checkAddress, 'CHECK_ADDRESS', (at) =>
    console.log(`A balancer may ask for free slots at ${at}`),
  );

if (metrics && config.metricsAddress)
  listen(metricsServer(metrics, report), config.metricsAddress, 'METRICS_ADDRESS', (at) =>
    console.log(`Metrics are at http://${at}/metrics`),
  );

// A last resort: a failure for one reader must not end the sandboxes of all others.
process.on('unhandledRejection', (cause) => report({ type: 'unhandled-rejection', cause }));

endOnSignal(
  () => {
    server.close();
    check.close();
    return service.close();
  },
  {
    withinMs: config.drainMs,
    drain: (endsAtMs) => {
      console.log('Draining: no new sandboxes; the server ends when the last reader’s has ended.');
      return service.drain(endsAtMs);
    },
  },
);

const found = await service.start(() => openPrerequisites(config, report), config);
const health = service.health();
if (found && health.engine) {
  const { memoryBytes, pids, cpus } = found.limits;
  const mebibytes = (bytes: number): string => `${Math.round(bytes / (1 << 20))} MiB`;
  console.log(
    `Runs are on: ${health.engine.name} ${health.engine.version} on ${health.runtime}; ready in ` +
      `${found.readyMs} ms with ${mebibytes(found.memoryBytes)}; ${found.slots} slots.`,
  );
  console.log(
    `Each sandbox has at most ${mebibytes(memoryBytes)}, ${cpus} of ${availableParallelism()} ` +
      `processors and ${pids} processes.`,
  );
  for (const sentence of missingLanguages(config.setup.languages ?? {})) console.log(sentence);
  for (const what of found.unlimited) console.log(`Not limited on this machine: ${what}.`);
  if (health.engine.standIn)
    console.log(
      `The engine is the stand-in, not CockroachDB: ${config.setup.engine?.why ?? 'see the output of set-up'}`,
    );
} else {
  console.log(`Runs are off: ${service.reasonForOperator}`);
}

/** Listens, and ends the program with a sentence when that is impossible. `variable` is the setting with the port. */
function listen(
  server: Server,
  { host, port }: { host: string; port: number },
  variable: string,
  onListening: (at: string) => void,
): void {
  const endProgram = (cause: NodeJS.ErrnoException): void => {
    console.error(
      cause.code === 'EADDRINUSE'
        ? `Port ${port} is in use: choose another with ${variable}, as in PORT=${port + 1} npm start.`
        : `Bankrun cannot listen: ${cause.message}`,
    );
    process.exit(1);
  };
  server.once('error', endProgram);
  server.listen(port, host, () => {
    server.off('error', endProgram);
    reportUnaccepted(server, report);
    const { family, address, port: found } = server.address() as AddressInfo;
    onListening(`${family === 'IPv6' ? `[${address}]` : address}:${found}`);
  });
}

function readConfigOrEnd(): Config {
  try {
    return readConfig();
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    console.error(cause.message);
    process.exit(1);
  }
}
