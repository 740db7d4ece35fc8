import { removeEntry, replaceSpan } from '../edits/line-edit.ts';
import { publishSecrets } from '../publish/publish-secret.ts';
import { type ReleaseAct, releaseActs } from '../publish/release-act.ts';
import {
  type AuditContext,
  type FileEdit,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';
import { SourceText, type Span } from '../source-text.ts';
import { stepCommands } from '../step-command.ts';
import type { NamedValue, Step, Workflow } from '../workflow.ts';
import { placeInScalar } from '../yaml/scalar-place.ts';

const BAD = `on: { release: { types: [published] } }
jobs:
  publish:
    runs-on: ubuntu-latest
    permissions:
      id-token: write
    steps:
      - run: npm publish aitbc-explorer-web-1.0.0.tgz
        env:
          NPM_CONFIG_PROVENANCE: false
`;

const ON = BAD.slice(0, BAD.indexOf('        env'));
const OPTION = ON.replace('.tgz', '.tgz --no-provenance');

const PYPI = `on: { release: { types: [published] } }
jobs:
  publish:
    runs-on: ubuntu-latest
    permissions:
      id-token: write
    steps:
      - uses: pypa/gh-action-pypi-publish@release/v1
        with:
          attestations: false
`;

export const rule: PostureRule = {
  id: 'provenance-off',
  reference: 'W31',
  severity: 'medium',
  confidence: 'proven',
  area: 'audit-trail',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  about: 'nobody switches provenance off',
  attack:
    'without provenance nobody can tell a version that the pipeline made from one that a thief uploaded with a token, and a lapse looks like every other release',
  mend: 'take the switch away; trusted publishing makes provenance by itself where the repository is public',
  incidents: ['I26', 'I49'],
  examples: {
    bad: [
      {
        about: 'switched off by the environment',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:10'],
        fixed: workflowFile(ON),
      },
      {
        about: 'switched off by an option',
        files: workflowFile(OPTION),
        found: ['.github/workflows/release.yml:8'],
        fixed: workflowFile(ON),
      },
      {
        about: 'attestations of PyPI switched off',
        files: workflowFile(PYPI),
        found: ['.github/workflows/release.yml:10'],
        fixed: workflowFile(PYPI.slice(0, PYPI.indexOf('        with'))),
      },
      {
        about: 'switched off for every publication of the repository',
        files: { ...workflowFile(ON), '.npmrc': '# how we publish\nprovenance=false\n' },
        found: ['.npmrc:2'],
      },
      {
        about: 'a pipeline of GitLab',
        files: pipelineFile(`publish:
  script: [npm publish package.tgz --provenance=false]
`),
        found: ['.gitlab-ci.yml:2'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab that says nothing of it',
        files: pipelineFile(`publish:
  script: [npm publish package.tgz]
`),
      },
      { about: 'left as it is', files: workflowFile(ON) },
      {
        about: "a registry of one's own, which keeps no provenance",
        files: workflowFile(OPTION.replace('--no', '--registry https://packages.example/ --no')),
      },
      {
        about:
          'attestations, which the index takes from trusted publishers alone, beside a password',
        files: workflowFile(`${PYPI}          password: \${{ secrets.PYPI_TOKEN }}\n`),
      },
      {
        about: 'a package that the gateway publishes by its own credential',
        files: workflowFile(OPTION),
        gateway: {
          path: 'countersign.yaml',
          origin: 'https://gateway.example',
          packages: [{ ecosystem: 'npm', name: 'aitbc-explorer-web', mode: 'publish' }],
        },
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  const seen = new Set<NamedValue>();
  const acts = releaseActs(context).filter(mayHaveProvenance);
  for (const one of acts) {
    const { power, act } = one;
    for (const values of [act.step.env, power.job.env, power.workflow.env, act.step.inputs]) {
      for (const entry of values) {
        if (seen.has(entry) || !switchesOff(entry, values === act.step.inputs)) continue;
        if (values === act.step.inputs && publishSecrets(power, act).length > 0) continue;
        seen.add(entry);
        const edit = removeEntry(power.workflow.source, values, entry);
        yield problem(one, entry.value.span, `${entry.name}: ${entry.value.text}`, edit);
      }
    }
    yield* options(one);
  }
  if (acts.some(({ act }) => act.ecosystem === 'npm')) yield* settings(context);
}

/** Provenance is for public registries; where the gateway publishes, it is not CI's to make. */
function mayHaveProvenance({ act, destination, gated }: ReleaseAct): boolean {
  if (act.ecosystem === 'other' || destination !== 'public') return false;
  return !gated.some(({ mode }) => mode === 'publish' || mode === 'stage');
}

function switchesOff({ name, value }: NamedValue, isInput: boolean): boolean {
  if (value.text.trim().toLowerCase() !== 'false') return false;
  return isInput
    ? /^(?:attestations|provenance)$/i.test(name)
    : /^npm_config_provenance$/i.test(name);
}

function problem({ power }: ReleaseAct, span: Span, what: string, edit: FileEdit | null): Problem {
  return {
    source: power.workflow.source,
    span,
    job: power.job,
    message: `job "${power.job.id}" publishes without provenance: ${what}`,
    ...(edit === null
      ? {}
      : { fix: { about: `take ${what} away`, changesBehaviour: true, edits: [edit] } }),
  };
}

function* options(one: ReleaseAct): Generator<Problem> {
  const { power, act } = one;
  for (const { word, span } of optionPlaces(power.workflow, act.step)) {
    if (span.start < act.span.start || span.start > act.span.end) continue;
    const { source } = power.workflow;
    const isExact = source.text.slice(span.start, span.end) === word;
    const start = source.text[span.start - 1] === ' ' ? span.start - 1 : span.start;
    const edit = isExact ? replaceSpan(source, { start, end: span.end }, '') : null;
    yield problem(one, span, word, edit);
  }
}

function* optionPlaces(
  workflow: Workflow,
  step: Step,
): Generator<{ readonly word: string; readonly span: Span }> {
  if (step.run === null) return;
  for (const { words } of stepCommands(step)) {
    for (const { text, index } of words) {
      if (text !== '--no-provenance' && text !== '--provenance=false') continue;
      yield { word: text, span: placeInScalar(workflow.source, step.run, index, text.length) };
    }
  }
}

function* settings(context: AuditContext): Generator<Problem> {
  const text = context.files.get('.npmrc')?.text ?? '';
  const match = /^[ \t]*provenance[ \t]*=[ \t]*false/m.exec(text);
  if (match === null) return;
  yield {
    source: new SourceText('.npmrc', text),
    span: { start: match.index, end: match.index + match[0].length },
    message: 'the settings of npm switch provenance off for every publication',
  };
}
