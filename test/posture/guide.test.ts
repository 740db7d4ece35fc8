/** The workflow that the security guide starts from: every fault is named, at its line. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Audit, auditRepository } from '../../src/posture/audit.ts';
import type { GatewayFacts, RepositoryFile, UpstreamMode } from '../../src/posture/repository.ts';
import { POSTURE_RULES } from '../../src/posture/rule-set.ts';
import { scoreAudit } from '../../src/posture/score.ts';

const BEFORE = new URL('../../testdata/posture/before/', import.meta.url);
const WORKFLOW = '.github/workflows/publish-packages.yml';

const FILES: readonly RepositoryFile[] = readdirSync(BEFORE, {
  recursive: true,
  withFileTypes: true,
})
  .filter((entry) => entry.isFile())
  .map((entry) => {
    const path = `${entry.parentPath}/${entry.name}`
      .slice(BEFORE.pathname.length)
      .replace(/^\//, '');
    const text = readFileSync(new URL(path, BEFORE), 'utf8');
    return { path, text, mode: '100644', hasShebang: false };
  });

function auditBefore(gateway: GatewayFacts | null): Audit {
  return auditRepository(
    {
      files: FILES,
      unread: [],
      gateway,
      settings: null,
      settingsMissing: 'nobody looked',
      pins: { resolve: () => null },
    },
    POSTURE_RULES,
  );
}

function linesOf(audit: Audit, rule: string): readonly number[] {
  return audit.findings
    .filter((finding) => finding.rule === rule && finding.file === WORKFLOW)
    .flatMap(({ line }) => line ?? []);
}

/** By rule, the lines of the workflow, with what stands there. */
const FAULTS: Readonly<Record<string, readonly (readonly [number, string])[]>> = {
  'tag-filter-loose': [[6, "- 'v*'"]],
  'dispatch-unconfirmed': [[7, 'workflow_dispatch:']],
  'concurrency-unsafe': [[3, 'on:']],
  'permissions-broad': [
    [10, 'contents: write'],
    [11, 'packages: write'],
  ],
  'publish-unapproved': [
    [14, 'publish-agent-sdk:'],
    [34, 'publish-explorer-web:'],
    [54, 'publish-agent-js:'],
    [70, 'publish-images:'],
  ],
  'publish-unvalidated': [
    [14, 'publish-agent-sdk:'],
    [34, 'publish-explorer-web:'],
    [54, 'publish-agent-js:'],
    [70, 'publish-images:'],
  ],
  'timeout-missing': [
    [14, 'publish-agent-sdk:'],
    [34, 'publish-explorer-web:'],
    [54, 'publish-agent-js:'],
    [70, 'publish-images:'],
  ],
  'uses-unpinned': [
    [17, 'actions/checkout@v4'],
    [18, 'actions/setup-python@v5'],
    [37, 'actions/checkout@v4'],
    [38, 'actions/setup-node@v4'],
    [57, 'actions/checkout@v4'],
    [58, 'actions/setup-node@v4'],
    [73, 'actions/checkout@v4'],
    [74, 'docker/setup-buildx-action@v3'],
    [75, 'docker/login-action@v3'],
    [80, 'docker/build-push-action@v6'],
  ],
  'credentials-persisted': [
    [17, 'actions/checkout@v4'],
    [37, 'actions/checkout@v4'],
    [57, 'actions/checkout@v4'],
    [73, 'actions/checkout@v4'],
  ],
  'cache-in-release': [
    [18, 'actions/setup-python@v5'],
    [38, 'actions/setup-node@v4'],
    [80, 'docker/build-push-action@v6'],
  ],
  'identity-beside-build': [
    [26, 'python -m build'],
    [63, 'npm install'],
  ],
  'lifecycle-scripts-on': [
    [44, 'npm ci'],
    [63, 'npm install'],
  ],
  'long-lived-token': [
    [32, 'twine upload dist/*'],
    [66, 'npm publish --no-provenance'],
  ],
  'forge-token-as-password': [
    [52, 'secrets.GITHUB_TOKEN'],
    [79, 'secrets.GH_PAT'],
  ],
  'secret-outside-environment': [
    [31, 'secrets.PYPI_ACCOUNT_TOKEN'],
    [68, 'secrets.NPM_TOKEN'],
  ],
  'provenance-off': [[66, '--no-provenance']],
  'publishes-directory': [
    [32, 'twine upload dist/*'],
    [50, 'npm publish'],
    [66, 'npm publish'],
  ],
  'publish-unscanned': [
    [32, 'twine upload dist/*'],
    [50, 'npm publish'],
    [66, 'npm publish'],
  ],
  'tag-unchecked': [
    [32, 'twine upload dist/*'],
    [50, 'npm publish'],
    [66, 'npm publish'],
  ],
  'package-ad-hoc': [[25, 'pip install build twine']],
  'release-files-unowned': [[3, 'on:']],
  'audit-record-missing': [[32, 'twine upload dist/*']],
  'notification-missing': [[32, 'twine upload dist/*']],
};

describe("the guide's workflow before anything was mended", () => {
  const audit = auditBefore(null);
  const lines = FILES.find(({ path }) => path === WORKFLOW)?.text?.split('\n') ?? [];

  it.each(Object.entries(FAULTS))('%s is named where it stands', (rule, places) => {
    expect(linesOf(audit, rule)).toEqual(places.map(([line]) => line));
    for (const [line, text] of places) expect(lines[line - 1]).toContain(text);
  });

  it('has a finding of each rule that looks at the jobs of this file, and none unread', () => {
    expect(audit.context.unread).toEqual([]);
    const named = new Set(
      audit.findings.filter((one) => one.file === WORKFLOW).map((one) => one.rule),
    );
    expect(Object.keys(FAULTS).filter((rule) => !named.has(rule))).toEqual([]);
  });

  it('is a high risk', () => {
    expect(scoreAudit(audit).risk).toBe('HIGH');
  });

  const gatewayIn = (mode: UpstreamMode): GatewayFacts => ({
    path: 'countersign.yaml',
    origin: 'https://gateway.example',
    packages: [
      { ecosystem: 'npm', name: 'explorer-web', mode },
      { ecosystem: 'pypi', name: 'agent_sdk', mode: mode === 'ci' ? 'ci' : 'publish' },
    ],
  });

  it.each([
    ['publish', [32, 50]],
    ['stage', [32, 50]],
    ['stage-by-ci', [32, 50]],
    ['ci', []],
  ] as const)('goes past a gateway in mode %s at the lines %j', (mode, expected) => {
    expect(linesOf(auditBefore(gatewayIn(mode)), 'gateway-bypassed')).toEqual(expected);
  });

  it('is told the road of the mode, and never one that breaks it', () => {
    const mends = (mode: UpstreamMode): readonly string[] =>
      auditBefore(gatewayIn(mode))
        .findings.filter((one) => one.rule === 'gateway-bypassed' && one.line === 50)
        .map((one) => one.mend);
    expect(mends('publish')).toEqual([
      expect.stringContaining('upload the package to the gateway'),
    ]);
    expect(mends('stage')).toEqual([expect.stringContaining('leave staging to the gateway')]);
    expect(mends('stage-by-ci')).toEqual([expect.stringContaining('npm stage publish')]);
    expect(mends('ci')).toEqual([]);
  });
});
