/**
 * From what a maintainer wrote to what people sign: defaults filled, `extends` applied, durations in
 * seconds, addresses in one spelling. Pure, so that the same file gives the same digest everywhere.
 */
import { CountersignError } from './errors.ts';
import { compileCi, compileGovernanceSections } from './governance-compile.ts';
import type { Sha256 } from './names.ts';
import {
  checkPolicyDocument,
  type Policy,
  type PolicyDocument,
  type Project,
  type ProjectPackage,
  policyDocument,
  type Upstream,
} from './policy.ts';
import type {
  PackageConfig,
  ProjectConfig,
  RefuseRules,
  RulesConfig,
  RulesProblem,
  UpstreamConfig,
} from './policy-config.ts';
import { compilePolicy } from './policy-inherit.ts';
import { compileProvenance, compileSource } from './source-compile.ts';
import { readUpstreamAddress } from './upstream-address.ts';

/** The part of a policy document that a configuration file proposes. */
export type PolicyRules = Pick<
  PolicyDocument,
  'upstreams' | 'projects' | 'policies' | 'governance' | 'passkeys'
>;

export interface CompileOptions {
  /**
   * Ecosystem -> files of one package version where the configuration names none. An ecosystem that
   * is not here does not exist. Default: `ECOSYSTEM_FILES`.
   */
  readonly ecosystems?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What CI tokens must be for where a binding names nothing: the gateway's host. */
  readonly audience?: string;
  /** Called at the first problem; must throw. Default: throws `config-invalid` with the path. */
  readonly refuse?: RefuseRules;
}

/** Files of one package version where the configuration names none. */
const ECOSYSTEM_FILES = {
  npm: { tarball: 1 },
  pypi: { wheel: 1, sdist: 1 },
} as const satisfies NonNullable<CompileOptions['ecosystems']>;

type Ecosystems = NonNullable<CompileOptions['ecosystems']>;

/**
 * The document that people sign, of `config` as version `version` after `previous` (null for the
 * first). Throws `config-invalid` naming the path (or whatever `refuse` throws).
 */
export function compilePolicyDocument(
  config: RulesConfig,
  at: { readonly version: number; readonly previous: Sha256 | null },
  options: CompileOptions = {},
): PolicyDocument {
  const document: PolicyDocument = {
    schema: 'countersign/policy/v1',
    ...at,
    ...compilePolicyRules(config, options),
  };
  checkPolicyDocument(policyDocument(document, '$'));
  return document;
}

/** As `compilePolicyDocument`, without version and predecessor. */
export function compilePolicyRules(config: RulesConfig, options: CompileOptions = {}): PolicyRules {
  const refuse = options.refuse ?? throwConfigInvalid;
  const ecosystems = options.ecosystems ?? ECOSYSTEM_FILES;
  const upstreams = mapEntries(config.upstreams, (one, name) =>
    compileUpstream(one, ['upstreams', name], ecosystems, refuse),
  );
  const policies = mapEntries(config.policies, (_, name) =>
    compilePolicy(config.policies, name, refuse),
  );
  const owners = new Map<string, string>();
  const projects = mapEntries(config.projects, (one, name) =>
    compileProject(one, name, {
      ...{ upstreams, policies, ecosystems, owners, refuse },
      ...(options.audience === undefined ? {} : { audience: options.audience }),
    }),
  );
  return { ...compileGovernanceSections(config, refuse), upstreams, projects, policies };
}

function compileUpstream(
  config: UpstreamConfig,
  path: readonly string[],
  ecosystems: Ecosystems,
  refuse: RefuseRules,
): Upstream {
  requireEcosystem(config.ecosystem, path, ecosystems, refuse);
  const needsCredential = config.mode === 'publish' || config.mode === 'stage';
  if (needsCredential && config.credential === undefined) {
    refuse({
      path: [...path, 'credential'],
      message: `expected the name of a vault secret for mode ${config.mode}, found nothing`,
      hint: 'name one here and hand it over with countersign vault put',
    });
  }
  if (config.mode === 'ci' && config.credential !== undefined) {
    refuse({
      path: [...path, 'credential'],
      message: 'expected nothing for mode ci, which opens no credential, found a name',
      hint: 'remove the credential, or choose another mode',
    });
  }
  return {
    ecosystem: config.ecosystem,
    url: compileAddress(config.url, [...path, 'url'], refuse),
    readUrl:
      config.readUrl === undefined
        ? null
        : compileAddress(config.readUrl, [...path, 'readUrl'], refuse),
    mode: config.mode,
    credential: config.credential ?? null,
  };
}

function compileAddress(text: string, path: readonly string[], refuse: RefuseRules): string {
  const reading = readUpstreamAddress(text);
  if (reading.kind === 'refused') {
    refuse({ path, message: reading.problem, hint: reading.hint });
  }
  return reading.url;
}

interface ProjectContext {
  readonly upstreams: Readonly<Record<string, Upstream>>;
  readonly policies: Readonly<Record<string, Policy>>;
  readonly ecosystems: Ecosystems;
  /** `ecosystem:name` -> the project that has the package already. */
  readonly owners: Map<string, string>;
  readonly refuse: RefuseRules;
  readonly audience?: string;
}

function compileProject(config: ProjectConfig, name: string, context: ProjectContext): Project {
  config.policies.forEach((policy, index) => {
    if (Object.hasOwn(context.policies, policy)) return;
    context.refuse({
      path: ['projects', name, 'policies', index],
      message: `expected the name of a policy, found ${policy}, which policies does not have`,
      hint: `policies has ${listed(Object.keys(context.policies))}`,
    });
  });
  return {
    repository: config.repository ?? null,
    packages: config.packages.map((one, index) =>
      compilePackage(one, name, ['projects', name, 'packages', index], context),
    ),
    policies: config.policies,
    ...(config.ci === undefined
      ? {}
      : { ci: compileCi(config.ci, name, context.refuse, context.audience) }),
    ...(config.source === undefined
      ? {}
      : { source: compileSource(config.source, name, context.refuse) }),
    ...(config.provenance === undefined
      ? {}
      : { provenance: compileProvenance(config.provenance, name, context.refuse) }),
  };
}

function compilePackage(
  config: PackageConfig,
  project: string,
  path: readonly (string | number)[],
  context: ProjectContext,
): ProjectPackage {
  const { owners } = context;
  const refuse: RefuseRules = context.refuse;
  const defaults = requireEcosystem(config.ecosystem, path, context.ecosystems, refuse);
  const target = own(context.upstreams, config.upstream);
  if (target === undefined) {
    refuse({
      path: [...path, 'upstream'],
      message: `expected the name of an upstream, found ${config.upstream}, which upstreams does not have`,
      hint: `upstreams has ${listed(Object.keys(context.upstreams))}`,
    });
  }
  if (target.ecosystem !== config.ecosystem) {
    refuse({
      path: [...path, 'upstream'],
      message: `expected an upstream of ecosystem ${config.ecosystem}, found ${config.upstream}, which is ${target.ecosystem}`,
    });
  }
  const key = `${config.ecosystem}:${config.name}`;
  const owner = owners.get(key);
  if (owner !== undefined) {
    refuse({
      path: [...path, 'name'],
      message: `expected each package once, found ${config.name} in ${owner} already`,
    });
  }
  owners.set(key, project);
  return {
    name: config.name,
    ecosystem: config.ecosystem,
    upstream: config.upstream,
    files: config.files ?? defaults,
  };
}

function requireEcosystem(
  name: string,
  path: readonly (string | number)[],
  ecosystems: Ecosystems,
  refuse: RefuseRules,
): Readonly<Record<string, number>> {
  return (
    own(ecosystems, name) ??
    refuse({
      path: [...path, 'ecosystem'],
      message: `expected ${Object.keys(ecosystems).join(' or ')}, found ${name}`,
    })
  );
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function mapEntries<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From, key: string) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(record).map(([key, one]) => [key, map(one, key)]));
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}

function throwConfigInvalid(problem: RulesProblem): never {
  throw new CountersignError(
    'config-invalid',
    `${problem.path.join('.')}: ${problem.message}`,
    problem.hint === undefined ? {} : { hint: problem.hint },
  );
}
