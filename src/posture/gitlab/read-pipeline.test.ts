import { describe, expect, it } from 'vitest';
import { findPublishPath } from '../publish/publish-path.ts';
import { secretUses } from '../secret-use.ts';
import type { Job } from '../workflow.ts';
import { type PipelineFiles, readPipelines } from './read-pipeline.ts';

function readFiles(texts: Readonly<Record<string, string>>): PipelineFiles {
  const files = Object.entries(texts).map(
    ([path, text]) => [path, { path, text, mode: '100644', hasShebang: false }] as const,
  );
  return readPipelines(new Map(files));
}

function read(text: string): PipelineFiles {
  return readFiles({ '.gitlab-ci.yml': text });
}

/** The only or the first job. */
function job(text: string): Job {
  const [first] = read(text).workflows.flatMap((workflow) => workflow.jobs);
  if (first === undefined) throw new Error('no job');
  return first;
}

const runs = (one: Job | undefined) => one?.steps.map((step) => step.run?.text);
/** `event tag branch` of every trigger. */
const triggers = (one: Job) =>
  one.pipeline?.triggers.map(({ event, tags, branches, isProtected }) =>
    [event, `t:${tags?.[0]?.text ?? ''}`, `b:${branches?.[0]?.text ?? ''}`]
      .filter((word) => word.length > 2)
      .concat(isProtected ? ['protected'] : [])
      .join(' '),
  );

describe('readPipelines', () => {
  it('reads jobs, and neither templates nor settings', () => {
    const { workflows, problems } = read(
      'stages: [a]\nvariables: { A: b }\n.hidden: { script: x }\nimage: node\nout: { stage: a, script: make }\n',
    );
    expect(problems).toEqual([]);
    expect(workflows.flatMap((one) => one.jobs.map(({ id }) => id))).toEqual(['out']);
    expect(workflows[0]?.forge).toBe('gitlab');
  });

  it('reads scripts in the order in which they run, with those of lists in lists', () => {
    const text =
      '.a: &a [one, two]\ndefault: { before_script: [zero] }\nout: { after_script: end, script: [*a, three] }\n';
    expect(runs(job(text))).toEqual(['zero', 'one', 'two', 'three', 'end']);
  });

  it('keeps what a job takes from the defaults apart from what it refuses', () => {
    const text = (inherit: string) =>
      `default: { image: node, tags: [x] }\nout: { script: make, inherit: { default: ${inherit} } }\n`;
    expect(job(text('true')).container?.image.text).toBe('node');
    expect(job(text('false')).container).toBeNull();
    expect(job(text('[tags]')).container).toBeNull();
    expect(job(text('[tags]')).runsOn?.labels[0]?.text).toBe('x');
  });

  it('merges what a job extends, deep for maps and whole for lists', () => {
    const text =
      '.base: { variables: { A: a, B: b }, script: [one] }\n.more: { extends: .base, image: node }\nout: { extends: .more, variables: { B: c }, script: [two] }\n';
    const one = job(text);
    expect(one.env.map(({ name, value }) => `${name}=${value.text}`)).toEqual(['A=a', 'B=c']);
    expect([runs(one), one.container?.image.text]).toEqual([['two'], 'node']);
  });

  it('takes merge keys in the order in which the forge takes them', () => {
    const text =
      '.a: &a { image: a, stage: a }\n.b: &b { image: b }\nout:\n  image: before\n  <<: [*a, *b]\n  stage: after\n  script: x\n';
    expect(job(text).container?.image.text).toBe('a');
    expect(read(`${text}`).problems).toEqual([]);
  });

  it('follows references, also in references, to where the text stands', () => {
    const text =
      '.a: { script: [one, two] }\n.b: { script: [!reference [.a, script]] }\nout:\n  script:\n    - !reference [.b, script]\n    - three\n';
    const one = job(text);
    expect(runs(one)).toEqual(['one', 'two', 'three']);
    expect(one.steps[0]?.span.start).toBe(text.indexOf('one'));
  });

  it.each([
    'out: { extends: out, script: x }',
    '.a: { extends: .b }\n.b: { extends: .a }\nout: { extends: [.a, .b], script: x }',
    'out: { script: [!reference [out, script], x] }',
    '.a: { script: [!reference [.b, script]] }\n.b: { script: [!reference [.a, script]] }\nout: { script: [!reference [.a, script], x] }',
    'include: .gitlab-ci.yml\nout: { script: x }',
  ])('ends where %j goes in circles', (text) => {
    expect(runs(job(text))?.at(-1)).toBe('x');
  });

  it('waits for all jobs of earlier stages, or for those that it needs', () => {
    const text =
      'stages: [build, check, out]\na: { stage: build, script: x }\nb: { script: x, stage: check }\nc: { stage: out, script: x }\nd: { stage: out, script: x, needs: [{ job: a }, { project: p, job: q }] }\ne: { stage: .pre, script: x }\nf: { stage: out, script: x, needs: [] }\ng: { stage: .post, script: x }\n';
    const jobs = read(text).workflows.flatMap((one) => one.jobs);
    const needs = jobs.map((one) => `${one.id}:${one.needs.map((need) => need.text).join()}`);
    expect(needs).toEqual(['a:e', 'b:a', 'c:b', 'd:a', 'e:', 'f:', 'g:c,d,f']);
  });

  it('passes over a header, and refuses every other second document', () => {
    expect(runs(job('spec:\n  inputs: {}\n---\nout: { script: x }\n'))).toEqual(['x']);
    expect(read('a: { script: x }\n---\nout: { script: x }\n').problems[0]?.message).toContain(
      'second document',
    );
  });

  it('reads on where a key stands twice, and tells it', () => {
    const { workflows, problems } = read('out:\n  script: one\n  script: two\n');
    expect(problems.map((one) => one.message)).toEqual(['has the key "script" twice']);
    expect(runs(workflows[0]?.jobs[0])).toEqual(['two']);
  });

  it.each(['', '[]', 'x', '- a', 'a: [', '*a'])('tells that %j is no pipeline', (text) => {
    const { workflows, problems } = read(text);
    expect([workflows, problems.length]).toEqual([[], 1]);
  });

  it('reads the odd as far as it goes', () => {
    const text =
      'a: 5\nb: []\nc: { script: { x: y }, rules: 5, needs: x, cache: [1, []], environment: [], tags: {} }\nd: { id_tokens: [], image: [], services: x, only: { refs: {} }, parallel: 5 }\ninclude: [5, {}, { local: [] }]\nstages: {}\ndefault: []\nworkflow: []\nvariables: [a]\n';
    expect(read(text).workflows.flatMap((one) => one.jobs.map(({ id }) => id))).toEqual(['c', 'd']);
  });
});

describe('files of a pipeline', () => {
  const main = `include:
  - local: /ci/*.yml
  - { project: alice/ci, ref: main, file: x.yml }
  - https://example.org/x.yml
out:
  extends: .publish
`;
  const more = '.publish: { script: [npm publish] }\nbuild: { stage: build, script: make }\n';

  it('are one pipeline, each with its own jobs', () => {
    const { workflows, problems } = readFiles({ '.gitlab-ci.yml': main, 'ci/more.yml': more });
    expect(problems).toEqual([]);
    expect(workflows.map((one) => [one.source.path, one.jobs.map(({ id }) => id)])).toEqual([
      ['ci/more.yml', ['build']],
      ['.gitlab-ci.yml', ['out']],
    ]);
    const path = findPublishPath({ workflows, actions: [], scripts: new Map() });
    expect(path.jobs.map(({ onPath }) => onPath)).toEqual([
      'job out on the publish path needs it',
      'it publishes with npm',
    ]);
    const includes = workflows[1]?.pipeline?.includes.map((one) => one.kind);
    expect(includes).toEqual(['local', 'project', 'remote']);
  });

  it('give what they give at the place that takes it in', () => {
    const { workflows } = readFiles({ '.gitlab-ci.yml': main, 'ci/more.yml': more });
    const [power] = findPublishPath({ workflows, actions: [], scripts: new Map() }).jobs.slice(1);
    const at = main.indexOf('.publish');
    expect(power?.acts[0]?.span).toEqual({ start: at, end: at + '.publish'.length });
  });

  it('are missed where they are not there', () => {
    const [problem] = readFiles({ '.gitlab-ci.yml': main }).problems;
    expect(problem?.message).toBe('includes /ci/*.yml, which could not be seen');
  });

  it('may be child pipelines of their own, started as their parent is', () => {
    const parent =
      'start: { only: [tags], trigger: { include: [{ local: ci/child.yml }] } }\nother: { trigger: { include: gone.yml } }\n';
    const { workflows } = readFiles({
      '.gitlab-ci.yml': parent,
      'ci/child.yml':
        'out: { script: twine upload dist/*, rules: [{ if: \'$CI_PIPELINE_SOURCE == "parent_pipeline"\' }] }\n',
    });
    const [out] = workflows[1]?.jobs ?? [];
    expect(workflows.map((one) => one.pipeline?.root)).toEqual(['.gitlab-ci.yml', 'ci/child.yml']);
    expect(out === undefined ? null : triggers(out)).toEqual(['push t:*']);
  });
});

describe('what a job of a pipeline has', () => {
  it('environment, concurrency, runner, time, identity and caches', () => {
    const one = job(`out:
  script: x
  environment: { name: release, action: start }
  resource_group: release
  interruptible: true
  tags: [saas-linux-small-amd64]
  timeout: 1h 30 minutes
  allow_failure: true
  id_tokens: { PYPI_ID_TOKEN: { aud: [pypi, other] } }
  cache: [{ key: k, policy: pull }, { key: { files: [package-lock.json] } }, { paths: [x] }]
`);
    expect([one.environment?.name?.text, one.concurrency?.group?.text]).toEqual([
      'release',
      'release',
    ]);
    expect(one.concurrency?.cancelInProgress?.text).toBe('true');
    expect([one.runsOn?.labels.length, one.timeoutMinutes?.text]).toEqual([1, '90']);
    expect(one.permissions?.scopes.get('id-token')?.level).toBe('write');
    expect(one.pipeline?.idTokens[0]?.audiences.map(({ text }) => text)).toEqual(['pypi', 'other']);
    expect(one.pipeline?.caches.map(({ key, policy }) => `${key} ${policy}`)).toEqual([
      'k pull',
      'files:package-lock.json pull-push',
      'default pull-push',
    ]);
  });

  it('an image with the variables that the file gives, and no guess at others', () => {
    const text = (image: string) =>
      `variables: { V: '20' }\nout: { script: x, image: "${image}", services: ["a@sha256:0"] }\n`;
    expect(job(text('node:$V')).container?.uses.tag).toBe('20');
    expect(job(text('$CI_REGISTRY_IMAGE:x')).container?.image.text).toBe(
      '${{ vars.CI_REGISTRY_IMAGE }}:x',
    );
    expect(job(text('x')).services[0]?.uses.digest).toBe('sha256:0');
  });

  it.each([
    ['script: x', ['push']],
    ['only: [tags]', ['push t:*']],
    ['only: [/^v.*$/], except: [branches]', ['push t:/^v.*$/']],
    ['only: [main, merge_requests]', ['push b:main', 'pull_request']],
    ['only: { refs: ["tags@alice/x"] }', ['push t:*']],
    ['only: { variables: ["$CI_COMMIT_TAG"] }', ['push t:*']],
    ['except: [tags]', ['push b:*']],
    ["rules: [{ if: '$CI_COMMIT_TAG' }]", ['push t:*']],
    ["rules: [{ if: '$CI_COMMIT_TAG != null && $A == $B' }]", ['push t:*']],
    ["rules: [{ if: '$CI_COMMIT_TAG =~ /^v[0-9]+$/' }]", ['push t:/^v[0-9]+$/']],
    ["rules: [{ if: '$CI_COMMIT_TAG == null', when: never }, { when: always }]", ['push t:*']],
    [
      "rules: [{ if: '$CI_COMMIT_TAG !~ /^v[0-9]+$/', when: never }, { when: always }]",
      ['push t:/^v[0-9]+$/'],
    ],
    [
      "rules: [{ if: '$CI_PIPELINE_SOURCE == \"schedule\"' }, { if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' }]",
      ['schedule', 'push b:$CI_DEFAULT_BRANCH'],
    ],
    [
      'rules: [{ if: \'($CI_COMMIT_TAG || $CI_COMMIT_BRANCH == "main") && $CI_COMMIT_REF_PROTECTED == "true"\' }]',
      ['push t:* protected', 'push b:main protected'],
    ],
    ["rules: [{ if: '$CI_COMMIT_TAG && $CI_COMMIT_BRANCH' }]", []],
    ['rules: [{ when: never }, { if: $CI_COMMIT_TAG }]', []],
    ["rules: [{ if: '$A ~~ broken' }]", ['push']],
    ["rules: [{ if: '$CI_COMMIT_TAG', changes: [x] }, { if: '$X' }]", ['push t:*', 'push']],
  ])('is started as { %s } says', (text, expected) => {
    expect(
      triggers(job(`out: { script: x, ${text} }\n`.replace('script: x, script: x', 'script: x'))),
    ).toEqual(expected);
  });

  it('is started by anything where a reference leads to another project', () => {
    const text =
      'out: { script: [!reference [.gone, script], x], rules: [{ if: $CI_COMMIT_TAG }, !reference [.gone, rules]] }\n';
    expect([triggers(job(text)), runs(job(text))]).toEqual([['push t:*', 'push'], ['x']]);
    expect(job(text).pipeline?.isPartial).toBe(false);
    expect(job('out: { extends: .gone, script: x }\n').pipeline?.isPartial).toBe(true);
  });

  it('is started within what the whole pipeline is started by', () => {
    const workflow = "workflow: { rules: [{ if: '$CI_COMMIT_TAG =~ /^v/' }] }\n";
    expect(triggers(job(`${workflow}out: { script: x }\n`))).toEqual(['push t:/^v/']);
    expect(triggers(job(`${workflow}out: { script: x, only: [branches] }\n`))).toEqual([]);
  });

  it.each([
    ['when: manual', true],
    ["rules: [{ if: '$CI_COMMIT_TAG', when: manual }]", true],
    ["rules: [{ if: '$CI_COMMIT_TAG', when: manual }, { if: '$CI_COMMIT_BRANCH' }]", false],
    ['when: on_success', false],
  ])('has a button on each way with { %s }: %s', (text, expected) => {
    expect(job(`out: { script: x, ${text} }\n`).pipeline?.manualSpan !== null).toBe(expected);
  });
});

describe('secrets of a pipeline', () => {
  /** `name>target level` of each, and the text at its place. */
  function secrets(text: string): readonly string[] {
    const [workflow] = read(text).workflows;
    const [one] = workflow?.jobs ?? [];
    if (workflow === undefined || one === undefined) return [];
    return secretUses(workflow, one).map(
      ({ name, target, span }) => `${name}>${target} ${text.slice(span.start, span.end)}`,
    );
  }

  it.each([
    ['npm config set //x/:_authToken=${NPM_TOKEN}', ['npm_token>NODE_AUTH_TOKEN ${NPM_TOKEN}']],
    ['curl -H "x: $DEPLOY_TOKEN" $CI_JOB_URL $HOME', ['deploy_token>DEPLOY_TOKEN $DEPLOY_TOKEN']],
    ['TWINE_PASSWORD=$CI_JOB_TOKEN twine upload x', ['ci_job_token>TWINE_PASSWORD $CI_JOB_TOKEN']],
    ['NPM_TOKEN=$NPM_TOKEN npm publish', ['npm_token>NPM_TOKEN $NPM_TOKEN']],
    ['twine upload dist/*', ['twine_password>TWINE_PASSWORD twine upload dist/*']],
    ['twine upload -p $PYPI_PASSWORD dist/*', ['pypi_password>TWINE_PASSWORD $PYPI_PASSWORD']],
    ['API_TOKEN=$(curl x); echo $API_TOKEN', []],
    ['echo $$NPM_TOKEN ${TOKEN_URL} $NPM_TOKEN_FILE_NAME', []],
  ])('are read in %s', (line, expected) => {
    expect(secrets(`out:\n  script:\n    - ${line.includes(': ') ? `'${line}'` : line}\n`)).toEqual(
      expected,
    );
  });

  it('are found in variables, and are none where the file gives a value', () => {
    expect(
      secrets(
        'variables: { A_TOKEN: plain }\nout: { variables: { TWINE_PASSWORD: $CI_JOB_TOKEN }, script: "x $A_TOKEN" }\n',
      ),
    ).toEqual(['ci_job_token>TWINE_PASSWORD $CI_JOB_TOKEN']);
  });

  it('come from vaults too, and identities are none', () => {
    expect(
      secrets(
        'out: { secrets: { NPM_TOKEN: { vault: x } }, id_tokens: { PYPI_ID_TOKEN: { aud: pypi } }, script: ["x $PYPI_ID_TOKEN", twine upload x] }\n',
      ),
    ).toEqual(['npm_token>NPM_TOKEN NPM_TOKEN']);
  });
});

describe('hostile pipelines', () => {
  const lines = (count: number, line: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => line(at)).join('\n');

  it.each([
    [
      'templates that extend two each',
      `${lines(40, (at) => `.t${at}: { extends: [.t${at + 1}, .t${at + 2}, .t${at + 3}, .t${at + 4}], a${at}: x }`)}\n${lines(200, (at) => `j${at}: { extends: [.t0, .t1, .t2], script: x }`)}`,
    ],
    [
      'references that double',
      `${lines(30, (at) => `.t${at}: { script: [!reference [.t${at + 1}, script], !reference [.t${at + 1}, script], !reference [.t${at + 1}, script], !reference [.t${at + 1}, script]] }`)}\n.t30: { script: [x] }\n${lines(50, (at) => `j${at}: { script: [!reference [.t${20 + (at % 2)}, script], !reference [.t21, script]] }`)}`,
    ],
    [
      'anchors that double',
      `.a0: &a0 [x, x, x, x, x, x, x, x]\n${lines(12, (at) => `.a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(8)}]`)}\nj: { script: *a12 }`,
    ],
    [
      'many merge keys',
      `.m0: &m0 { k: v }\n${lines(3_000, (at) => `.m${at + 1}: &m${at + 1}\n  <<: *m${at}\n  k${at}: v`)}`,
    ],
    ['many jobs', lines(3_000, (at) => `j${at}: { script: x }`)],
    [
      'a long text of many jobs',
      `.x: &x "${'a '.repeat(200_000)}"\n${lines(100, (at) => `j${at}: { script: *x }`)}`,
    ],
  ])('are refused: %s', (_, text) => {
    const { workflows, problems } = read(text);
    expect(workflows).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
  });

  it.each([
    ['secrets in one text', `out: { script: "${'$NPM_TOKEN '.repeat(90_000)}" }`],
    ['stages', lines(1_400, (at) => `j${at}: { stage: s${at}, script: npm publish }`)],
    [
      'includes with wildcards',
      `include:\n${lines(3_000, (at) => `  - '**/*${'/**'.repeat(20)}/${at}*.yml'`)}\nout: { script: x }`,
    ],
  ])('answers many %s', (_, text) => {
    expect(
      read(`stages: [${lines(1_400, (at) => `s${at},`).replaceAll('\n', ' ')}]\n${text}`).workflows
        .length,
    ).toBe(1);
  });

  it('reads no more of all child pipelines than of one', () => {
    const child = lines(1_000, (at) => `j${at}: { script: x }`);
    const { workflows, problems } = readFiles({
      '.gitlab-ci.yml': 'a: { trigger: { include: a.yml } }\nb: { trigger: { include: b.yml } }\n',
      'a.yml': child,
      'b.yml': child,
    });
    expect(workflows.map((one) => one.jobs.length)).toEqual([2, 1_000]);
    expect(problems[0]?.message).toBe('brings the pipelines to more than 1500 jobs');
  });

  it('answers a name with thousands of unclosed variables', () => {
    const text = `out: { script: "${'${A'.repeat(50_000)} NPM_TOKEN" }`;
    expect(read(text).workflows.length).toBe(1);
  });
});
