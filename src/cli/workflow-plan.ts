/** What `init workflow` generates for: the configuration where there is one, else what it finds. */

import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { CountersignError, isCountersignError } from '../core/errors.ts';
import type { PolicyRules } from '../core/policy-compile.ts';
import { readUpstreamAddress } from '../core/upstream-address.ts';
import { normalizeProjectName } from '../formats/python-filename.ts';
import { type Config, loadConfig } from '../host/config.ts';
import { type DiscoveredPackage, discoverPackages } from '../host/discover.ts';
import type { ActionPins } from '../posture/generate/action-pins.ts';
import type { PlannedPackage, WorkflowPlan } from '../posture/generate/workflow-plan.ts';

export interface PlanWishes {
  readonly config: string;
  readonly project?: string;
  readonly origin?: string;
  readonly environment?: string;
  readonly test?: string;
  readonly pins: ActionPins;
}

const DEFAULTS = {
  file: '.github/workflows/release.yml',
  environment: 'release',
  confirm: 'release',
  prereleaseTag: 'next',
  tagFilters: ['v[0-9]+.[0-9]+.[0-9]+', 'v[0-9]+.[0-9]+.[0-9]+-rc.[0-9]+'],
};

/**
 * The plan for the folder `cwd`. Throws `usage` where it is not clear which project or origin is
 * meant or a package of the project is not found in the folder; `config-invalid` as `loadConfig`.
 */
export async function readPlan(cwd: string, wishes: PlanWishes): Promise<WorkflowPlan> {
  const config = await readConfig(resolve(cwd, wishes.config));
  const { packages: found } = await discoverPackages(cwd);
  const common = {
    origin: readOrigin(wishes.origin ?? config?.gateway.origin),
    nodeClient: (await isFile(join(cwd, 'pnpm-lock.yaml'))) ? ('pnpm' as const) : ('npm' as const),
    test: wishes.test ?? null,
    pins: wishes.pins,
  };
  if (config === null) {
    return {
      ...DEFAULTS,
      ...common,
      environment: wishes.environment ?? DEFAULTS.environment,
      project: wishes.project ?? basename(cwd).replaceAll(/[^A-Za-z0-9._-]/g, '-'),
      packages: found.filter((one) => !one.private).map((one) => unconfigured(one)),
    };
  }
  const { proposal } = config;
  const name = chooseProject(proposal, wishes.project);
  const project = proposal.projects[name];
  if (project === undefined) throw new CountersignError('usage', `there is no project ${name}`);
  const binding = project.ci?.find((one) => one.kind === 'github');
  const policies = project.policies.flatMap((one) => proposal.policies[one] ?? []);
  const byTag = policies.filter((one) => one.chosen === 'by-tag');
  return {
    ...common,
    project: name,
    file: binding?.workflow ?? DEFAULTS.file,
    environment: wishes.environment ?? binding?.environment ?? DEFAULTS.environment,
    confirm: policies[0]?.confirm ?? DEFAULTS.confirm,
    tagFilters: [...new Set(byTag.map((one) => one.tag))],
    prereleaseTag: byTag.find((one) => one.tag.includes('-rc'))?.distTags?.[0] ?? 'next',
    packages: project.packages.map((one) => {
      const upstream = proposal.upstreams[one.upstream];
      const place = found.find((other) => isSame(other, one));
      if (upstream === undefined || place === undefined) {
        throw new CountersignError('usage', `expected a folder of ${one.name} here, found none`, {
          hint: 'run it at the root of the repository that the project is released from',
        });
      }
      const readUrl =
        upstream.readUrl ?? (one.ecosystem === 'npm' ? upstream.url : indexOf(upstream.url));
      return {
        ecosystem: place.ecosystem,
        name: one.name,
        path: place.path,
        mode: upstream.mode,
        readUrl,
      };
    }),
  };
}

async function readConfig(file: string): Promise<Config | null> {
  try {
    return await loadConfig(file);
  } catch (error) {
    if (isCountersignError(error) && error.code === 'config-not-found') return null;
    throw error;
  }
}

/** Nothing but scheme, host and port; plain http for this machine only. */
function readOrigin(text: string | undefined): string {
  if (text === undefined) {
    throw new CountersignError('usage', 'expected the origin of the gateway, found none', {
      hint: 'add --origin https://release.example.com, or run it beside countersign.yaml',
    });
  }
  const reading = readUpstreamAddress(text);
  if (reading.kind === 'address') {
    const { origin, pathname } = new URL(reading.url);
    if (pathname === '/') return origin;
  }
  const problem =
    reading.kind === 'refused' ? reading.problem : 'expected no path in it, found one';
  throw new CountersignError('usage', `the origin of the gateway cannot be used: ${problem}`);
}

function chooseProject({ projects }: PolicyRules, wanted: string | undefined): string {
  const names = Object.keys(projects);
  const [only] = names;
  if (wanted !== undefined && names.includes(wanted)) return wanted;
  if (wanted === undefined && only !== undefined && names.length === 1) return only;
  throw new CountersignError(
    'usage',
    `expected one of the projects ${names.join(', ') || '(there are none)'}, found ${wanted ?? 'none named'}`,
    { hint: 'add --project NAME' },
  );
}

/** Where a Python index is read that is uploaded to at this address, as the gateway reads it. */
function indexOf(url: string): string {
  return new URL('/simple/', url).href;
}

function unconfigured({ ecosystem, name, path }: DiscoveredPackage): PlannedPackage {
  return { ecosystem, name, path, mode: 'publish', readUrl: null };
}

function isSame(left: DiscoveredPackage, right: { ecosystem: string; name: string }): boolean {
  if (left.ecosystem !== right.ecosystem) return false;
  return left.ecosystem === 'pypi'
    ? normalizeProjectName(left.name) === normalizeProjectName(right.name)
    : left.name === right.name;
}

async function isFile(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => null);
  return status?.isFile() === true;
}
