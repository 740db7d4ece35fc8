/**
 * The schema of countersign.yaml. The JSON Schema in docs/schema/ is generated from it. Messages
 * are what was expected, as a phrase; `config.ts` adds where and what was found.
 */
import { z } from 'zod';
import { DURATION } from '../core/duration.ts';
import { CONFIDENCES } from '../core/finding.ts';
import { expectation, type InspectionLimitsConfig } from '../core/inspection-limits.ts';
import { SOURCE_GRADES } from '../core/policy.ts';
import { SIZE } from '../core/size.ts';
import type { Notice } from '../gateway/ports.ts';

/** Types of notices that a webhook can ask for. */
const NOTICE_TYPES = [
  'release.awaiting-approval',
  'release.published',
  'release.rejected',
  'release.failed',
  'release.break-glass',
  'release.review-overdue',
] as const satisfies readonly Notice['type'][];

const name = (what: string) =>
  z.string({ error: what }).regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
    error: `${what} of 1 to 64 letters, digits, dots, hyphens`,
  });
const line = (what: string, max = 256) =>
  z
    .string({ error: what })
    .min(1, { error: what })
    .max(max, { error: `${what} of at most ${max} characters` })
    .regex(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/, {
      error: `${what} without control characters`,
    });
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: values.join(' or ') });
const count = (min: number, max: number) =>
  z
    .int({ error: `a whole number from ${min} to ${max}` })
    .min(min, { error: `a whole number from ${min} to ${max}` })
    .max(max, { error: `a whole number from ${min} to ${max}` });
const duration = z
  .string({ error: 'a duration such as 72h, 30m or 7d' })
  .regex(DURATION, { error: 'a duration such as 72h, 30m or 7d' });
const size = z
  .string({ error: 'a size such as 256MiB' })
  .regex(SIZE, { error: 'a size such as 256MiB' });
const names = (what: string, max: number) =>
  z
    .array(name(what), { error: `a list with ${what}` })
    .max(max, { error: `at most ${max} elements` });
const mapping = <V extends z.ZodType>(what: string, value: V, key = name(what)) =>
  z.record(key, value, { error: `a mapping of ${what} to its settings` });
const strict = <const S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? undefined : 'a mapping'),
  });

const limits = strict({
  'upload-max': size.default('256MiB').describe('Largest single artifact that is accepted.'),
  'release-max': size.default('2GiB').describe('Largest sum of artifacts of one release.'),
  'request-max': size.default('1MiB').describe('Largest API request body that is not an artifact.'),
  'receive-within': duration.default('1h').describe('How long an open release takes uploads.'),
  'inspect-within': duration
    .default('5m')
    .describe('How long the inspection of a release may take.'),
});

const gateway = strict({
  origin: line('the address people and CI use, such as https://release.example.com').describe(
    'Public address of the gateway: scheme, host and port, no path.',
  ),
  listen: z
    .string({ error: 'host:port such as 127.0.0.1:8787' })
    .regex(/^(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):[0-9]{1,5}$/, {
      error: 'host:port such as 127.0.0.1:8787',
    })
    .default('127.0.0.1:8787')
    .describe('Address and port the web process listens on.'),
  data: line('a folder', 4096)
    .default('./data')
    .describe('Folder for database, artifacts and keys, relative to this file.'),
  limits: limits.prefault({}).describe('Bounds on what the gateway takes in.'),
}).describe('How this gateway runs; read as it stands, not signed.');

const upstream = strict({
  ecosystem: name('an ecosystem such as npm or pypi').describe('npm or pypi.'),
  url: line('an address', 2048).describe('Where uploads go.'),
  readUrl: line('an address', 2048).optional().describe('Where the public reads, if elsewhere.'),
  mode: oneOf(['publish', 'stage', 'stage-by-ci', 'ci']).describe('How a release leaves.'),
  credential: name('the name of a vault secret').optional().describe('Name of a vault secret.'),
});

const packageEntry = strict({
  name: line('a package name', 214).describe('Name as the registry knows it.'),
  ecosystem: name('an ecosystem such as npm or pypi').describe('npm or pypi.'),
  upstream: name('the name of an upstream').describe('Name of one of the upstreams.'),
  files: mapping('a file kind', count(1, 1000))
    .optional()
    .describe('File kinds and how many of each one version has.'),
});

const numeric = (what: string) =>
  z.string({ error: what }).regex(/^[1-9][0-9]{0,19}$/, { error: what });

const ciBinding = strict({
  kind: oneOf(['github', 'gitlab']).describe('Whose tokens these are.'),
  issuer: line('the issuer of the CI tokens', 2048).describe('Issuer, as the tokens name it.'),
  audience: line('the host of this gateway')
    .optional()
    .describe('Host that the tokens must be for; the one of gateway.origin where absent.'),
  repository: numeric('the number of the repository, in quotes').describe(
    'Number of the repository (GitHub) or project (GitLab).',
  ),
  owner: numeric('the number of the owner, in quotes').describe(
    'Number of its owner (GitHub) or namespace (GitLab).',
  ),
  workflow: line('a path such as .github/workflows/release.yml').describe(
    'Path of the workflow in the repository.',
  ),
  environment: line('the name of an environment').optional().describe('Environment of the job.'),
});

const source = strict({
  remote: line('an address as git takes it', 2048).describe('Where git fetches from; only read.'),
  branches: z
    .array(line('a branch pattern'), { error: 'a list of branch patterns' })
    .min(1, { error: 'at least one branch pattern' })
    .max(64, { error: 'at most 64 branch patterns' })
    .describe('Protected branches: one of them must reach the commit.'),
  outputs: z
    .array(line('a pattern of packed files'), { error: 'a list of patterns' })
    .max(1000, { error: 'at most 1000 patterns' })
    .optional()
    .describe('Packed files that the build makes and no commit holds.'),
});

const provenance = strict({
  attestations: oneOf(['optional', 'required'])
    .optional()
    .describe('Whether every artifact must come with one.'),
  forward: oneOf(['never', 'npm']).optional().describe('Where they are handed on.'),
  'trusted-root': line('the SHA-256 of a trusted root', 64)
    .optional()
    .describe('SHA-256 of a trusted root of your own, in the data folder.'),
});

const project = strict({
  repository: z
    .string({ error: 'a repository such as github.com/example/project' })
    .regex(/^[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?(?:\/[A-Za-z0-9._~-]{1,100}){1,10}$/, {
      error: 'a repository such as github.com/example/project, without scheme and .git',
    })
    .optional()
    .describe('Host and path of the git repository, without scheme.'),
  packages: z
    .array(packageEntry, { error: 'a list of packages' })
    .max(1000, { error: 'at most 1000 packages' })
    .describe('What the project releases together.'),
  policies: names('the name of a policy', 64)
    .min(1, { error: 'at least one policy' })
    .describe('The first whose tag pattern matches applies.'),
  ci: z
    .array(ciBinding, { error: 'a list of CI bindings' })
    .max(64, { error: 'at most 64 CI bindings' })
    .optional()
    .describe('CI that may ask without a secret.'),
  source: source.optional().describe('Where tag and commit are looked up.'),
  provenance: provenance.optional().describe('What is asked of attestations.'),
});

const approvals = strict({
  minimum: count(2, 100).optional().describe('Distinct people who must sign; at least 2.'),
  groups: mapping('a group', count(1, 100)).optional().describe('How many of which group.'),
  requester: oneOf(['excluded', 'counts'])
    .optional()
    .describe("Whether the requester's own signature counts."),
  terminal: count(0, 100).optional().describe('Signatures that must be made at a terminal.'),
  expires: duration.optional().describe('How long signatures may take, from sealing; 1m to 90d.'),
});

const limitCount = (key: keyof InspectionLimitsConfig, text: string) =>
  z
    .int({ error: expectation(key) })
    .optional()
    .describe(text);
const limitText = (key: keyof InspectionLimitsConfig, shape: RegExp, text: string) =>
  z
    .string({ error: expectation(key) })
    .regex(shape, { error: expectation(key) })
    .optional()
    .describe(text);

const inspection = strict({
  entries: limitCount('entries', 'Files and folders of one artifact, over all depths.'),
  depth: limitCount('depth', 'Containers inside of containers.'),
  'unpacked-max': limitText('unpacked-max', SIZE, 'Bytes that come out of one artifact.'),
  'entry-max': limitText('entry-max', SIZE, 'Bytes of one file.'),
  ratio: limitCount('ratio', 'Unpacked bytes per packed byte, above 32MiB unpacked.'),
  'path-bytes': limitCount('path-bytes', 'UTF-8 bytes of one path or link target.'),
  within: limitText('within', DURATION, 'How long inspecting one release may take.'),
});

const policy = strict({
  extends: name('the name of a policy').optional().describe('Policy whose settings are the base.'),
  tag: line('a tag pattern').optional().describe("Tag pattern in GitHub's filter syntax."),
  versioning: oneOf(['semver']).optional().describe('Grammar that the version must have too.'),
  confirm: z
    .union([line('a word', 64), z.literal(false)], { error: 'a word to be typed, or false' })
    .optional()
    .describe('Word to be typed to open a release by hand; false asks for none.'),
  chosen: oneOf(['by-tag', 'at-open']).optional().describe('How the policy comes to apply.'),
  approvals: approvals.optional().describe('Whose signatures are needed.'),
  source: oneOf(SOURCE_GRADES).optional().describe('How well the origin must be known.'),
  block: strict({
    secrets: oneOf(CONFIDENCES).optional().describe('Confidence from which a secret rejects.'),
  })
    .optional()
    .describe('What ends an attempt.'),
  'dist-tags': z
    .union([z.literal('any'), z.array(line('a dist-tag', 64)).min(1).max(64)], {
      error: 'any, or a list of 1 to 64 dist-tags',
    })
    .optional()
    .describe('Dist-tags a release may ask for.'),
  publish: oneOf(['automatic', 'manual'])
    .optional()
    .describe('What happens when the quorum is met.'),
  'young-dependencies': z
    .union([duration, z.literal('none')], { error: 'a duration such as 30d, or none' })
    .optional()
    .describe('Age below which a dependency that is new here is held.'),
  accept: z
    .array(
      strict({
        finding: line('the fingerprint of a finding', 200),
        message: z.string().min(1).max(2000).describe('What the finding says, word by word.'),
        reason: line('a reason', 1000),
        who: line('a person', 200),
        until: line('a day such as 2026-12-31', 10),
      }),
      { error: 'a list of findings' },
    )
    .max(1000, { error: 'at most 1000 findings' })
    .optional()
    .describe('Held findings that these rules answer for, until a day.'),
  waive: z
    .array(line('the id of a rule', 128), { error: 'a list of rule ids' })
    .max(1000, { error: 'at most 1000 rule ids' })
    .optional()
    .describe('Rules whose rejection signatures may waive, with a reason.'),
  limits: oneOf(['none', 'patch-of-existing-line'])
    .optional()
    .describe('Which versions it allows.'),
  'review-within': z
    .union([duration, z.literal('none')], { error: 'a duration such as 72h, or none' })
    .optional()
    .describe('How soon after publishing a review is due.'),
  inspection: inspection.optional().describe('What inspecting a release may cost at most.'),
});

const governance = strict({
  minimum: count(2, 100).optional().describe('Distinct people who must sign a change.'),
  groups: mapping('a group', count(1, 100)).optional().describe('How many of which group.'),
  'key-cooling': z
    .union([duration, z.literal('0')], { error: 'a duration such as 72h, or "0"' })
    .optional()
    .describe('How long a new key waits until it counts.'),
  'break-glass': z
    .union([z.literal(false), strict({ 'review-within': duration.optional() })], {
      error: 'false, or { review-within: 7d }',
    })
    .optional()
    .describe('Whether any two people may ship in an emergency, and when a review is due.'),
});

const passkeys = strict({
  'relying-party': line('a host name such as approve.example.com', 253).describe(
    'Host name of the approval pages; no page of gateway.origin may claim it.',
  ),
  origins: z
    .array(line('an origin such as https://approve.example.com', 2048), {
      error: 'a list of origins',
    })
    .min(1, { error: 'at least one origin' })
    .max(16, { error: 'at most 16 origins' })
    .describe('Exact origins of the approval pages.'),
});

const webhook = strict({
  kind: z.literal('webhook', { error: 'webhook' }),
  url: line('an address', 2048).describe('Where notices are posted.'),
  events: z
    .array(oneOf(NOTICE_TYPES), { error: 'a list of notice types' })
    .min(1, { error: 'at least one notice type' })
    .max(NOTICE_TYPES.length, { error: 'each notice type once' })
    .default([...NOTICE_TYPES])
    .describe('Which notices; all where absent.'),
  'secret-file': line('a file', 4096)
    .optional()
    .describe('File with the signing secret, mode 0600.'),
  'secret-env': z
    .string({ error: 'the name of an environment variable' })
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, { error: 'the name of an environment variable' })
    .optional()
    .describe('Environment variable with the signing secret.'),
}).describe('A signed webhook (Standard Webhooks). Give secret-file or secret-env.');

/** countersign.yaml, as parsed from YAML. */
export const configSchema = strict({
  gateway,
  upstreams: mapping('an upstream', upstream).describe('Registries; signed.'),
  projects: mapping('a project', project).describe('What is released; signed.'),
  policies: mapping('a policy', policy).describe('What a release must satisfy; signed.'),
  governance: governance.optional().describe('What it takes to change these rules; signed.'),
  passkeys: passkeys.optional().describe('Whose pages may ask approval passkeys; signed.'),
  notify: z
    .array(webhook, { error: 'a list of webhooks' })
    .max(32, { error: 'at most 32 webhooks' })
    .default([])
    .describe('Who is told; read as it stands, not signed.'),
}).describe('Configuration of Countersign, countersign.yaml');

/** countersign.yaml after the schema was held against it and its defaults were filled. */
export type ConfigFile = z.infer<typeof configSchema>;

/** The JSON Schema (draft 2020-12) of what may stand in countersign.yaml. */
export function configJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(configSchema, { io: 'input' }), title: 'countersign.yaml' };
}
