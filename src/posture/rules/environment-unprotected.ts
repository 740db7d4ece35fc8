import type { JobPower } from '../publish/publish-path.ts';
import type { GatewayFacts } from '../repository.ts';
import {
  type AuditContext,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';
import { sampleEnvironment, sampleSettings, seen, UNSEEN } from '../sample-settings.ts';
import type { DeploymentRefs, Environment, ObservedSettings } from '../settings.ts';
import { settingProblem, whenObserved, whenSeen } from '../settings-view.ts';
import type { Job, Workflow } from '../workflow.ts';

const FILES = workflowFile(`on:
  push:
    tags: ['v[0-9]+.[0-9]+.[0-9]+']
jobs:
  publish:
    runs-on: ubuntu-latest
    environment: release
    permissions:
      id-token: write
    steps:
      - run: npm publish aitbc-explorer-web-1.0.0.tgz
`);
const AT = '.github/workflows/release.yml:7';

const CI_GATEWAY: GatewayFacts = {
  path: 'countersign.yaml',
  origin: null,
  packages: [{ ecosystem: 'npm', name: 'aitbc-explorer-web', mode: 'ci' }],
};

const withEnvironment = (changes: Partial<Environment>) =>
  sampleSettings({ environments: seen([sampleEnvironment(changes)]) });

const PIPELINE = pipelineFile(`publish:
  environment: release
  script: [npm publish package.tgz]
`);

function ofGitlab(changes: Partial<Environment>): ObservedSettings {
  const settings = withEnvironment(changes);
  return { ...settings, forge: { ...settings.forge, forge: 'gitlab' } };
}

export const rule: PostureRule = {
  id: 'environment-unprotected',
  reference: 'W08',
  severity: 'critical',
  confidence: 'proven',
  area: 'access-control',
  scope: 'settings',
  forges: ['github', 'gitlab'],
  about:
    'the environment of a publishing job has reviewers who cannot approve their own runs, binds administrators, and lets in nothing but release tags',
  attack:
    'an environment without rules is a name: whoever can push a branch with a workflow in it runs the publishing job, gets its secrets and its identity, and nobody is asked',
  mend: "in the forge's settings of the environment: add required reviewers, prevent self-review, do not let administrators bypass, and choose selected tags with the release pattern",
  incidents: ['I47', 'I53'],
  applies: (context) => publishingJobs(context).length > 0,
  examples: {
    bad: [
      {
        about: 'an environment with no rule at all',
        files: FILES,
        settings: withEnvironment({ reviewers: [], approvals: 0, refs: seen({ kind: 'any' }) }),
        found: [AT, AT],
      },
      {
        about: 'an environment that nobody has made: the first run makes it, without rules',
        files: FILES,
        settings: sampleSettings({ environments: seen([]) }),
        found: [AT],
      },
      {
        about:
          'reviewers who may approve what they started themselves, and administrators who skip',
        files: FILES,
        settings: withEnvironment({
          selfReviewPrevented: seen(false),
          adminsMayBypass: seen(true),
        }),
        found: [AT, AT],
      },
      {
        about: 'a pattern that every branch fits',
        files: FILES,
        settings: withEnvironment({
          refs: seen({ kind: 'patterns', patterns: [{ kind: 'branch', pattern: '*' }] }),
        }),
        found: [AT],
      },
      {
        about: "the gateway's own protection rule, where CI publishes, missing",
        files: FILES,
        gateway: CI_GATEWAY,
        settings: withEnvironment({}),
        found: [AT],
      },
      {
        about: 'an environment of GitLab without approvals and for every ref',
        files: PIPELINE,
        settings: ofGitlab({ reviewers: [], approvals: 0, refs: seen({ kind: 'any' }) }),
        found: ['.gitlab-ci.yml:2', '.gitlab-ci.yml:2'],
      },
      { about: 'settings that nobody looked at', files: FILES, found: ['settings'] },
      {
        about: 'an environment of which parts are not shown',
        files: FILES,
        settings: withEnvironment({ adminsMayBypass: UNSEEN, refs: UNSEEN }),
        found: [AT, AT],
      },
    ],
    fine: [
      {
        about: 'an environment of GitLab with approvals, and a workflow that runs elsewhere',
        files: { ...PIPELINE, ...FILES },
        settings: ofGitlab({}),
      },
      {
        about: 'reviewers, no self-review, no bypass, tags only',
        files: FILES,
        settings: withEnvironment({}),
      },
      {
        about: 'an environment of a job that only builds',
        files: workflowFile(`on:
  push:
    tags: ['v[0-9]+.[0-9]+.[0-9]+']
jobs:
  build:
    runs-on: ubuntu-latest
    environment: preview
    steps:
      - run: npm pack
  publish:
    needs: build
    runs-on: ubuntu-latest
    environment: release
    permissions:
      id-token: write
    steps:
      - run: npm publish aitbc-explorer-web-1.0.0.tgz
`),
        settings: withEnvironment({}),
      },
      {
        about: 'an app that decides in place of reviewers',
        files: FILES,
        settings: withEnvironment({
          reviewers: [],
          approvals: 0,
          selfReviewPrevented: seen(false),
          customRules: seen(['countersign-gate']),
        }),
      },
    ],
  },
  check,
};

interface Named {
  readonly workflow: Workflow;
  readonly job: Job;
  readonly name: string;
  readonly problem: (message: string, more?: Partial<Problem>) => Problem;
}

/** A job that only builds for another one has nothing that its environment could guard. */
function holdsPower({ onPath, acts, mintsIdentity, registrySecrets }: JobPower): boolean {
  return onPath !== null && (acts.length > 0 || mintsIdentity || registrySecrets.length > 0);
}

function publishingJobs(context: AuditContext): readonly Named[] {
  return context.path.jobs.flatMap((power) => {
    const { workflow, job } = power;
    const { environment } = job;
    if (environment === null || !holdsPower(power)) return [];
    // settings are of one forge; a mirror has files of both
    if ((context.settings?.forge.forge ?? workflow.forge) !== workflow.forge) return [];
    const name = environment.name?.text ?? '';
    const place = { source: workflow.source, span: environment.span, job };
    const problem = (message: string, more: Partial<Problem> = {}): Problem => ({
      ...settingProblem(`environment "${name}" ${message}`),
      ...place,
      ...more,
    });
    return [{ workflow, job, name, problem }];
  });
}

function check(context: AuditContext): Iterable<Problem> {
  const jobs = publishingJobs(context);
  if (jobs.length === 0) return [];
  return whenSeen(
    context,
    'environments',
    (all) => all.forge.environments,
    (environments) => jobs.flatMap((one) => [...judgeJob(context, one, environments)]),
  );
}

function* judgeJob(
  context: AuditContext,
  job: Named,
  environments: readonly Environment[],
): Generator<Problem> {
  if (job.name === '' || /\$[{\w]/.test(job.name)) {
    yield job.problem('has a name that is known only when it runs', { evidence: 'unverified' });
    return;
  }
  // names of environments do not tell case apart
  const found = environments.find((one) => one.name.toLowerCase() === job.name.toLowerCase());
  if (found === undefined) {
    yield job.problem('does not exist yet: the first run makes one without rules');
    return;
  }
  yield* placed(
    job,
    whenObserved(found.refs, `refs of "${job.name}"`, (refs) => judgeRefs(job, refs)),
  );
  yield* placed(
    job,
    whenObserved(found.customRules, `apps of "${job.name}"`, (apps) =>
      judgeApproval(context, job, found, apps),
    ),
  );
  yield* placed(
    job,
    whenObserved(found.adminsMayBypass, `bypass of "${job.name}"`, (may) =>
      may ? [job.problem('lets administrators pass by its rules', { severity: 'high' })] : [],
    ),
  );
}

/** What could not be seen is told at the job too. */
function* placed({ workflow, job }: Named, problems: Iterable<Problem>): Generator<Problem> {
  const span = job.environment?.span ?? job.idSpan;
  for (const problem of problems) yield { ...problem, source: workflow.source, span, job };
}

function* judgeRefs(job: Named, refs: DeploymentRefs): Generator<Problem> {
  if (refs.kind === 'any') yield job.problem('lets in every branch and tag');
  if (refs.kind !== 'patterns') return;
  const open = refs.patterns.find((one) => /^\*+(?:\/\*+)*$/.test(one.pattern));
  if (open === undefined) return;
  yield job.problem(`lets in every ${open.kind}: its pattern is ${open.pattern}`, {
    severity: open.kind === 'tag' ? 'high' : 'critical',
  });
}

function* judgeApproval(
  context: AuditContext,
  job: Named,
  found: Environment,
  apps: readonly string[],
): Generator<Problem> {
  const modes = new Set((context.gateway?.packages ?? []).map((one) => one.mode));
  if (modes.has('ci') && apps.length === 0) {
    yield job.problem('has no deployment protection rule, which is where the gateway holds CI', {
      mend: "install the gateway's app and enable it as a deployment protection rule of the environment",
    });
  }
  if (apps.length > 0) return;
  if (found.reviewers.length === 0) {
    const isGated = modes.size > 0 && !modes.has('ci');
    yield job.problem('needs nobody to approve', {
      severity: isGated ? 'medium' : 'critical',
      ...(isGated && {
        mend: 'the gateway asks for signatures whatever CI does; a reviewer here keeps others from opening releases and staging',
      }),
    });
    return;
  }
  yield* whenObserved(found.selfReviewPrevented, `self-review of "${job.name}"`, (prevented) =>
    prevented
      ? []
      : [job.problem('may be approved by whoever started the run', { severity: 'high' })],
  );
}
