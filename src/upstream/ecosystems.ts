import type { Ecosystem } from '../ecosystem/ecosystem.ts';
import { npmRules } from '../ecosystem/npm.ts';
import { pypiRules } from '../ecosystem/pypi.ts';
import { connectNpm } from './npm.ts';
import { connectPypi } from './pypi.ts';
import type { UpstreamDeps } from './registry-http.ts';

/** npm with connections to registries of its kind. */
export function createNpmEcosystem(deps: UpstreamDeps): Ecosystem {
  return { ...npmRules, connect: (url, readUrl) => connectNpm(url, readUrl, deps) };
}

/** PyPI with connections to registries of its kind. */
export function createPypiEcosystem(deps: UpstreamDeps): Ecosystem {
  return { ...pypiRules, connect: (url, readUrl) => connectPypi(url, readUrl, deps) };
}
