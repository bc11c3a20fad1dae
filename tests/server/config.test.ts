import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../server/config.ts';

const ROOT = resolve(import.meta.dirname, '../..');

describe('the environment', () => {
  test.each<[string, string, RegExp]>([
    ['SANDBOXES_PER_ADDRESS', '1', /^SANDBOXES_PER_ADDRESS must be a whole number from 2 to 1000, not "1"\.$/],
    ['PORT', '65536', /^PORT must be a whole number from 0 to 65535, not "65536"\.$/],
    ['PORT', '1e3', /"1e3"/],
    ['STEP_SECONDS', 'half', /from 1 to 600, not "half"\.$/],
    ['MAX_STEP_SECONDS', '601', /^MAX_STEP_SECONDS must be a whole number from 1 to 600, not "601"\.$/],
    ['TRUST_PROXY', 'yes', /^TRUST_PROXY must be 0 or 1, not "yes"\.$/],
    [
      'PUBLIC_ORIGIN',
      'docs.example.org',
      /^PUBLIC_ORIGIN must be an address without a path, .*, not "docs\.example\.org"\.$/,
    ],
    ['PUBLIC_ORIGIN', 'https://docs.example.org/tutorials', /without a path/],
    ['PUBLIC_ORIGIN', 'javascript:alert(1)', /without a path/],
    [
      'METRICS_ADDRESS',
      '9464',
      /^METRICS_ADDRESS must be an address and a port, as in 127\.0\.0\.1:9464, not "9464"\.$/,
    ],
    ['METRICS_ADDRESS', '127.0.0.1:70000', /not "127\.0\.0\.1:70000"\.$/],
    ['METRICS_ADDRESS', 'http://127.0.0.1:9464', /an address and a port/],
    ['WARM_PER_MODE', 'many', /^WARM_PER_MODE must be auto or a whole number from 0 to 100, not "many"\.$/],
    ['WARM_PER_MODE', '101', /not "101"\.$/],
    ['INSTANCE', '../up', /^INSTANCE must be .*, not "\.\.\/up"\.$/],
    [
      'EMBED_ORIGINS',
      'https://a.example,wiki',
      /^EMBED_ORIGINS must be addresses without a path, separated by commas, .*, not "https:\/\/a\.example,wiki"\.$/,
    ],
    ['EMBED_ORIGINS', 'https://*.example.org', /without a path/],
    ['EMBED_ORIGINS', '*', /without a path/],
    ['EMBED_ORIGINS', 'null', /without a path/],
    ['EMBED_ORIGINS', 'https://blog.example.org/articles', /without a path/],
    ['EMBED_ORIGINS', 'https://reader:secret@blog.example.org', /without a path/],
  ])('with %s=%s is refused in a sentence with the name, the value and what is allowed', (name, value, sentence) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(sentence);
  });

  test('is read completely: each invalid variable gets its sentence', () => {
    expect(() => readConfig({ PORT: 'x', MAX_SLOTS: '0' })).toThrow(/^PORT .*\.\nMAX_SLOTS .*\.$/);
  });

  test('has warm clusters as the machine has room for them, unless a number is given', () => {
    expect(readConfig({}).warmPerMode).toBe('auto');
    expect(readConfig({ WARM_PER_MODE: '3' }).warmPerMode).toBe(3);
  });

  test('with an empty variable counts as without it: in particular an empty HOST does not mean every address', () => {
    const config = readConfig({ HOST: '', PORT: '', PUBLIC_ORIGIN: '', TRUST_PROXY: '', INSTANCE: '' });
    expect(config).toEqual(readConfig({}));
    expect(config.host).toBe('127.0.0.1');
  });

  test('may name the public origin as people write it', () => {
    expect(readConfig({ PUBLIC_ORIGIN: 'https://Docs.example.org/' }).publicOrigin).toBe('https://docs.example.org');
  });

  test.each([
    ['127.0.0.1:9464', { host: '127.0.0.1', port: 9464 }],
    ['[::1]:0', { host: '::1', port: 0 }],
    ['metrics.internal:80', { host: 'metrics.internal', port: 80 }],
    ['', undefined],
  ])('may say where to serve the metrics: %s', (METRICS_ADDRESS, address) => {
    expect(readConfig({ METRICS_ADDRESS }).metricsAddress).toEqual(address);
  });

  test('may name other sites as people write them, each once', () => {
    const sites = ' https://Blog.example.org/ , http://127.0.0.1:8080,https://blog.example.org:443,';
    expect(readConfig({ EMBED_ORIGINS: sites }).embedOrigins).toEqual([
      'https://blog.example.org',
      'http://127.0.0.1:8080',
    ]);
    expect(readConfig({ EMBED_ORIGINS: '' }).embedOrigins).toEqual([]);
  });

  test.each(['server/main.ts', 'server/setup/setup.mjs'])(
    'that is invalid ends %s with that sentence, without a stack trace',
    (program) => {
      const { status, stderr } = spawnSync(process.execPath, [program, 'start'], {
        cwd: ROOT,
        env: { ...process.env, SANDBOXES_PER_ADDRESS: '1' },
        encoding: 'utf8',
        timeout: 60_000,
      });
      expect(stderr).toBe('SANDBOXES_PER_ADDRESS must be a whole number from 2 to 1000, not "1".\n');
      expect(status).toBe(1);
    },
  );
});
