/** What a generated workflow is made for, and what cannot be generated. */
import { CountersignError } from '../../core/errors.ts';
import type { UpstreamMode } from '../repository.ts';
import type { ActionPins } from './action-pins.ts';

/** Folder that pins our own program by a lock file and holds the trust file. */
export const VERIFIER_FOLDER = '.github/countersign';

/** Our own program, as installed there. */
export const PROGRAM = `${VERIFIER_FOLDER}/node_modules/.bin/countersign`;

export interface PlannedPackage {
  readonly ecosystem: 'npm' | 'pypi';
  readonly name: string;
  /** Folder from the root, with slashes; `.` for the root itself. */
  readonly path: string;
  readonly mode: UpstreamMode;
  /** Where the public reads it: an npm registry, or a simple index; ends in a slash. */
  readonly readUrl: string | null;
}

export interface WorkflowPlan {
  readonly project: string;
  /** Scheme, host and port of the gateway. */
  readonly origin: string;
  /** The release workflow, from the root, as the signed rules name it. */
  readonly file: string;
  /** Environment of the job that may ask for an identity. */
  readonly environment: string;
  /** The word that a release by hand asks for. */
  readonly confirm: string;
  /** In GitHub's filter syntax, one for each policy that takes tags. */
  readonly tagFilters: readonly string[];
  /** The npm dist-tag of versions with a hyphen. */
  readonly prereleaseTag: string;
  readonly packages: readonly PlannedPackage[];
  readonly nodeClient: 'npm' | 'pnpm';
  /** What tests the project, as a line of shell; null for what its ecosystems have. */
  readonly test: string | null;
  readonly pins: ActionPins;
}

const PLAIN_PATH = /^(?:\.|[A-Za-z0-9_@][A-Za-z0-9_.@-]*(?:\/[A-Za-z0-9_@][A-Za-z0-9_.@-]*)*)$/;
const PLAIN_NAME = /^[A-Za-z0-9._-]{1,100}$/;
const PLAIN_ADDRESS = /^https?:\/\/[A-Za-z0-9.:[\]-]+(?:\/[A-Za-z0-9._~/%-]*)?$/;

/** Throws `usage` for a plan of which no workflow can be made that does what it says. */
export function requirePlan(plan: WorkflowPlan): void {
  if (plan.packages.length === 0) {
    throw refusal('expected packages to release, found none', 'name them in countersign.yaml');
  }
  for (const { name, path, mode, readUrl } of plan.packages) {
    if (mode === 'stage-by-ci' || mode === 'ci') {
      throw refusal(
        `the upstream of ${name} has mode ${mode}, which this version of the gateway does not serve`,
        'choose mode publish for it; then CI hands the packages to the gateway',
      );
    }
    requirePlain(PLAIN_PATH, path, `the folder of ${name}`);
    if (readUrl !== null) requirePlain(PLAIN_ADDRESS, readUrl, `the address of ${name}`);
  }
  requirePlain(PLAIN_ADDRESS, plan.origin, 'the origin of the gateway');
  requirePlain(PLAIN_NAME, plan.project, 'the name of the project');
  requirePlain(PLAIN_NAME, plan.environment, 'the name of the environment');
  requirePlain(PLAIN_NAME, plan.confirm, 'the word to confirm with');
  requirePlain(PLAIN_NAME, plan.prereleaseTag, 'the dist-tag');
  requirePlain(/^\.github\/workflows\/[A-Za-z0-9._-]+\.ya?ml$/, plan.file, 'the workflow');
  for (const filter of plan.tagFilters) {
    requirePlain(/^[\x21-\x26\x28-\x7e]{1,256}$/, filter, 'the tag filter');
    if (filter.includes('@')) {
      throw refusal(
        `the tag filter ${filter} has a package name, and a workflow that releases one package of several is not generated`,
        'use tags of the project, such as v[0-9]+.[0-9]+.[0-9]+',
      );
    }
  }
}

/** Names end up in shell and YAML: what needs no quoting there cannot be quoted wrongly. */
function requirePlain(form: RegExp, text: string, what: string): void {
  if (form.test(text)) return;
  throw refusal(
    `${what} cannot stand in a generated workflow: ${JSON.stringify(text.slice(0, 100))}`,
    'plain letters, digits, dots, hyphens and underscores can',
  );
}

function refusal(message: string, hint: string): CountersignError {
  return new CountersignError('usage', message, { hint });
}

/** A filter of GitHub as an extended regular expression of bash, without its ends. */
export function filterExpression(filter: string): string {
  return filter.replaceAll(/\\.|\*\*|\[[^\]]*\]|[*.(){}^$|]/g, (part) => {
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    return part.length > 1 ? part : `\\${part}`;
  });
}

/** `@aitbc/web` of version 1.2.3 is packed as `aitbc-web-1.2.3.tgz`. */
export function tarballPrefix(name: string): string {
  return name.replace(/^@/, '').replace('/', '-');
}
