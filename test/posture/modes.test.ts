/** Rules know how a package leaves: they find nothing in the road of its mode, and advise no other. */
import { describe, expect, it } from 'vitest';
import { type Audit, auditRepository } from '../../src/posture/audit.ts';
import type { GatewayFacts, UpstreamMode } from '../../src/posture/repository.ts';
import { workflowFile } from '../../src/posture/rule.ts';
import { POSTURE_RULES } from '../../src/posture/rule-set.ts';
import { inputsOf } from '../posture-fixture.ts';

const ORIGIN = 'https://gateway.example';

const gatewayIn = (mode: UpstreamMode): GatewayFacts => ({
  path: 'countersign.yaml',
  origin: ORIGIN,
  packages: [{ ecosystem: 'npm', name: 'aitbc-explorer-web', mode }],
});

function audit(text: string, mode: UpstreamMode): Audit {
  const files = workflowFile(text);
  return auditRepository(inputsOf({ about: '', files, gateway: gatewayIn(mode) }), POSTURE_RULES);
}

const CHECKOUT = `actions/checkout@${'0'.repeat(40)}`;
const DOWNLOAD = `actions/download-artifact@${'1'.repeat(40)}`;
const UPLOAD = `actions/upload-artifact@${'2'.repeat(40)}`;

/** A workflow that does all else as it should be. */
const sending = (command: string): string => `on:
  push:
    tags: ['v[0-9]+.[0-9]+.[0-9]+']
permissions: {}
concurrency:
  group: release
  cancel-in-progress: false
jobs:
  build:
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    permissions:
      contents: read
    steps:
      - uses: ${CHECKOUT} # v7.0.0
        with:
          persist-credentials: false
      - run: test "v$(jq --raw-output .version package.json)" = "$GITHUB_REF_NAME"
      - run: npm ci --ignore-scripts
      - run: npm test
      - run: npm pack
      - uses: ${UPLOAD} # v5.0.0
        with:
          name: package
          path: '*.tgz'
  publish:
    needs: build
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    environment: release
    permissions:
      id-token: write
    steps:
      - uses: ${DOWNLOAD} # v5.0.0
        with:
          name: package
      - run: ${command}
`;

const FILE = 'aitbc-explorer-web-1.0.0.tgz';
const ROADS: Readonly<Record<UpstreamMode, string>> = {
  publish: `npm publish ${FILE} --registry ${ORIGIN}/npm/`,
  stage: `npm publish ${FILE} --registry ${ORIGIN}/npm/`,
  'stage-by-ci': `npm stage publish ${FILE}`,
  ci: `npm publish ${FILE}`,
};

const MODES = Object.keys(ROADS) as readonly UpstreamMode[];

describe.each(MODES)('the mode %s', (mode) => {
  it('has a road in which no rule about workflows finds anything', () => {
    const { context, findings } = audit(sending(ROADS[mode]), mode);
    expect(context.unread).toEqual([]);
    expect(context.path.jobs.flatMap((power) => power.acts)).toHaveLength(1);
    const inWorkflow = findings.filter((one) => one.file?.startsWith('.github/workflows/'));
    expect(
      inWorkflow
        .filter((one) => one.evidence === 'declared' && one.rule !== 'release-files-unowned')
        .map(({ rule, line, message }) => `${rule} ${line}: ${message}`),
    ).toEqual([]);
  });

  it.each(MODES.filter((other) => ROADS[other] !== ROADS[mode]))(
    'is told of the road of %s where that goes past the gateway',
    (other) => {
      const rules = audit(sending(ROADS[other]), mode).findings.map((one) => one.rule);
      // more control than the mode asks for is no way around
      const isPast = !ROADS[other].includes(ORIGIN) && mode !== 'ci';
      expect(rules.includes('gateway-bypassed')).toBe(isPast);
    },
  );

  it('is never advised of another road', () => {
    const bad = `on: { push: { tags: [v*] } }
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: npm ci
      - run: npm publish
        env:
          NODE_AUTH_TOKEN: \${{ secrets.NPM_TOKEN }}
`;
    const mends = audit(bad, mode)
      .findings.filter((one) => ['gateway-bypassed', 'long-lived-token'].includes(one.rule))
      .map((one) => one.mend);
    expect(mends.length).toBeGreaterThan(0);
    const breaking: Readonly<Record<UpstreamMode, RegExp>> = {
      publish: /trusted publish|npm stage publish/,
      stage: /trusted publish|npm stage publish/,
      'stage-by-ci': /upload the package to the gateway/,
      ci: /upload the package to the gateway|npm stage publish/,
    };
    for (const mend of mends) expect(mend).not.toMatch(breaking[mode]);
  });
});
