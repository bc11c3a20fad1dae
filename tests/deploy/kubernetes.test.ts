import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { StatefulSet } from 'kubernetes-types/apps/v1.d.ts';
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2.d.ts';
import type { Service } from 'kubernetes-types/core/v1.d.ts';
import type { Ingress, NetworkPolicy } from 'kubernetes-types/networking/v1.d.ts';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1.d.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'deploy/kubernetes');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Resource {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
  spec?: object;
}

const resources = readdirSync(FOLDER).flatMap((file) =>
  parseAllDocuments(readFileSync(join(FOLDER, file), 'utf8')).map((document) => document.toJS() as Resource),
);

/** Returns the resource of that kind and name, which has that type if the first tests pass. */
function one<T>(kind: string, name = 'bankrun'): T {
  return resources.find((resource) => resource.kind === kind && resource.metadata.name === name) as T;
}

/** Returns what Kubernetes' types object to in a resource: fields that are missing, unknown or of another type. */
function objections({ apiVersion, kind, ...rest }: Resource): string[] {
  const [group = '', version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  const file = join(import.meta.dirname, 'resource.ts');
  const text =
    `import type { ${kind} } from 'kubernetes-types/${group.split('.')[0]}/${version}.d.ts';\n` +
    `export const resource: ${kind} = ${JSON.stringify({ apiVersion, kind, ...rest }, undefined, 1)};\n`;
  const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], module: ts.ModuleKind.Preserve };
  const host = ts.createCompilerHost(options);
  const readSource = host.getSourceFile.bind(host);
  host.getSourceFile = (name, target) =>
    name === file ? ts.createSourceFile(name, text, target) : readSource(name, target);
  host.fileExists = (name) => name === file || ts.sys.fileExists(name);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

describe('the files for Kubernetes', () => {
  it.each(resources.map((resource) => [resource.kind, resource.metadata.name, resource] as const))(
    '%s %s is what Kubernetes expects',
    (_kind, _name, resource) => {
      expect(objections(resource)).toEqual([]);
      expect(resource.metadata.namespace).toBe(resource.kind === 'Namespace' ? undefined : 'bankrun');
    },
  );

  it('a misspelt field is found, a wrong type, and a missing field', () => {
    const service = one<Resource>('Service');
    expect(objections({ ...service, spec: { ...service.spec, selectors: {} } }).join()).toContain('selectors');
    expect(objections({ ...service, spec: { ...service.spec, ports: 80 } }).join()).toContain('number');
    expect(objections({ ...one<Resource>('StatefulSet'), spec: { serviceName: 'x' } }).join()).toContain('selector');
  });

  const { serviceName, selector, template } = one<StatefulSet>('StatefulSet').spec!;
  const pod = template.spec!;
  const container = pod.containers[0]!;
  const environment = new Map(container.env!.map(({ name, value }) => [name, value]));

  it('a pod has the rights that compose.yaml grants, and no others', () => {
    const { services } = parse(read('compose.yaml')) as { services: Record<string, Record<string, string[]>> };
    const { cap_add: add, cap_drop: drop, security_opt: options } = services['bankrun']!;
    const { capabilities, seccompProfile, appArmorProfile, ...more } = container.securityContext!;
    expect(capabilities).toEqual({ drop, add });
    const profiles = [`seccomp=${seccompProfile?.type}`, `apparmor=${appArmorProfile?.type}`];
    expect(profiles.map((each) => each.toLowerCase())).toEqual(options!.filter((option) => !/^label/.test(option)));
    expect(Object.keys(more)).toEqual(['seLinuxOptions']);
    expect(pod.automountServiceAccountToken).toBe(false);
  });

  it('settings are those of the README, and a pod is not killed while it drains', () => {
    const known = [...read('README.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
    expect([...environment.keys()].filter((name) => !known.includes(name))).toEqual([]);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(Number(environment.get('DRAIN_SECONDS')) + 30);
  });

  it('everything that is referred to is there', () => {
    const services = [one<Service>('Service').spec!, one<Service>('Service', serviceName).spec!];
    for (const labels of [
      selector.matchLabels!,
      ...services.map((service) => service.selector!),
      one<PodDisruptionBudget>('PodDisruptionBudget').spec!.selector!.matchLabels!,
      one<NetworkPolicy>('NetworkPolicy').spec!.podSelector.matchLabels!,
    ])
      expect(template.metadata!.labels).toMatchObject(labels);
    const ports = container.ports!.map(({ name }) => name);
    for (const { targetPort } of services.flatMap((service) => service.ports!)) expect(ports).toContain(targetPort);
    const [rule] = one<Ingress>('Ingress').spec!.rules!;
    expect(rule?.http?.paths[0]?.backend.service).toEqual({ name: 'bankrun', port: { name: 'http' } });
    expect(environment.get('PUBLIC_ORIGIN')).toBe(`https://${rule?.host}`);
    const scaled = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'bankrun' };
    expect(one<HorizontalPodAutoscaler>('HorizontalPodAutoscaler').spec!.scaleTargetRef).toEqual(scaled);
  });

  it('probes ask under a name that the server answers to, and only readiness depends on runs', () => {
    const probes = [container.startupProbe, container.readinessProbe, container.livenessProbe];
    const asked = probes.map((probe) => probe!.httpGet!);
    for (const { httpHeaders, port } of asked)
      expect([httpHeaders, port]).toEqual([[{ name: 'Host', value: 'localhost' }], 'http']);
    expect(asked.map(({ path }) => path)).toEqual(['/', '/api/health', '/']);
  });

  it('the autoscaler’s metric is made of metrics that the server has', () => {
    const used = new Set(read('deploy/kubernetes/autoscaling.yaml').match(/bankrun_[a-z_]+/g));
    used.delete(one<HorizontalPodAutoscaler>('HorizontalPodAutoscaler').spec!.metrics![0]!.pods!.metric.name);
    const made = read('server/metrics/state-metrics.ts');
    expect(used.size).toBeGreaterThan(1);
    expect([...used].filter((name) => !made.includes(`'${name}'`))).toEqual([]);
  });
});
