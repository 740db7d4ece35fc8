/**
 * The 40 reference controls of a release process, and what of them an audit can show. Nothing here
 * says that a framework is met: evidence supports a control, people judge it. Sources of the
 * mapping: SLSA (working draft after v1.1), S2C2F, OpenSSF Principles for Package Repository
 * Security (v0.1), OpenSSF Scorecard, CIS Software Supply Chain Security Guide (v1.0), NIST SSDF
 * (1.1, and the draft of 1.2 where it says so), SOC 2 trust services criteria (CC6, CC7, CC8.1).
 */
import type { Audit } from './audit.ts';
import type { RuleResult } from './score.ts';

/** `open`: something was found that speaks against it. `outside`: no tool here can show it. */
export type ControlStatus = 'supported' | 'open' | 'unverified' | 'outside';

interface Control {
  readonly id: string;
  readonly title: string;
  readonly maps: readonly string[];
  /** References (`W07`) or ids of posture rules that speak for or against it. */
  readonly rules: readonly string[];
  /** What the gateway does for it where it releases the packages; null for nothing. */
  readonly gateway: string | null;
}

export interface ControlResult extends Pick<Control, 'id' | 'title' | 'maps'> {
  readonly status: ControlStatus;
  /** Clauses, each naming a rule or the gateway. */
  readonly evidence: readonly string[];
}

const CONTROLS: readonly Control[] = [
  control(
    'R01',
    'two entitled people approve each release; whoever asked for it and bots do not count',
    ['SLSA Source L4', 'CIS 1.1.3', 'SSDF PS.1', 'SOC 2 CC8.1'],
    ['W08'],
    'counts two people in two groups, never the requester',
  ),
  control(
    'R02',
    'an approval is bound to digest, registry and version, ends by itself, and any change voids it',
    ['SLSA two-party review', 'CIS 1.1.4', 'SSDF PS.2', 'SOC 2 CC8.1'],
    [],
    'people sign a manifest with every digest and upstream',
  ),
  control(
    'R03',
    'approvers see what changed since the version before',
    ['SLSA two-party review', 'S2C2F SCA-4', 'S2C2F SCA-5'],
    [],
    'shows the difference to the last approved version before a signature',
  ),
  control(
    'R04',
    'what a person starts by hand is confirmed by typing what it is',
    ['SOC 2 CC8.1'],
    ['dispatch-without-confirmation'],
    'has release and version typed before a signature',
  ),
  control(
    'R05',
    'strict tags that are the version of the package; no prerelease becomes the default',
    ['SLSA threat D'],
    ['W20'],
    'refuses tags that are no strict semantic version or not the version of the package',
  ),
  control(
    'R06',
    'release tags are protected and releases immutable',
    ['SLSA Source L2', 'SOC 2 CC6.1'],
    ['W19', 'releases-mutable'],
    null,
  ),
  control(
    'R07',
    'a release comes from a protected branch with review by two, admins and bots included',
    ['CIS 1.1.3', 'CIS 1.1.14', 'Scorecard Branch-Protection', 'SOC 2 CC8.1'],
    ['W28', 'default-branch-unreviewed'],
    'asks the git remote whether a protected branch reaches the commit, where the policy says resolved',
  ),
  control(
    'R08',
    'the artifact is what the tagged commit holds',
    ['SLSA threat F', 'CIS 2.4.4', 'S2C2F REB-1'],
    [],
    'compares packed files with the commit, where the policy says resolved',
  ),
  control(
    'R09',
    'builds are code, on hosted runners, without a shared cache',
    ['SLSA Build L2', 'SLSA Build L3', 'CIS 2.2', 'CIS 2.3.1'],
    ['W10', 'W18'],
    null,
  ),
  control(
    'R10',
    'build and publication are separate jobs, and the latter runs no project code',
    ['SLSA Build L3', 'CIS 2.3.2', 'CIS 2.3.3'],
    ['W09', 'W22', 'W23'],
    'publishes the bytes that it held, in a process of its own',
  ),
  control(
    'R11',
    'no long-lived registry token anywhere',
    ['Principles Authorization L3', 'CIS 2.1.7', 'SOC 2 CC6.1'],
    ['W04', 'W05', 'W30'],
    'keeps the one credential where CI never sees it',
  ),
  control(
    'R12',
    'trusted publishing is bound to repository, workflow and environment',
    ['Principles Authorization L3', 'SOC 2 CC6.1'],
    ['W07', 'W32'],
    null,
  ),
  control(
    'R13',
    'environments ask reviewers, not oneself, for tags only, without bypass',
    ['CIS 2.3.5', 'SOC 2 CC6.3'],
    ['W08'],
    null,
  ),
  control(
    'R14',
    'remaining tokens are for one package, short-lived and rotated',
    ['Principles Authorization L1', 'SOC 2 CC6.1'],
    ['W32'],
    null,
  ),
  control(
    'R15',
    'an inventory of tokens with owner and age',
    ['SSDF PO.5', 'SOC 2 CC6.2'],
    ['W06', 'secret-unrotated'],
    'lists credentials with owner and expiry; no value ever leaves the publisher',
  ),
  control(
    'R16',
    'those who may publish are few, reviewed, and use phishing-resistant second factors',
    ['Principles Authentication L2', 'CIS 4.2.2', 'CIS 1.3.1', 'SOC 2 CC6.2'],
    ['W33'],
    null,
  ),
  control(
    'R17',
    "publishers' mail domains are under control",
    ['Principles Authentication L2'],
    ['W33'],
    null,
  ),
  control(
    'R18',
    'the packed bytes are scanned for secrets',
    ['CIS 2.3.8', 'SSDF PS.1'],
    ['no-secret-scan'],
    'inspects every artifact, archives inside of it too',
  ),
  control(
    'R19',
    'unexpected files, binaries and source maps stop a release',
    ['SSDF PW.6'],
    [],
    'holds what the inspection rules find',
  ),
  control(
    'R20',
    'what runs at install time is declared and reviewed',
    ['S2C2F SCA-4'],
    [],
    'holds install hooks and their changes',
  ),
  control(
    'R21',
    'new and changed dependencies are reviewed, with a minimum age',
    ['S2C2F ENF-1', 'S2C2F ING-3', 'CIS 2.4.2', 'CIS 3.1.7'],
    [],
    'holds new, young, unclaimed and remote dependencies',
  ),
  control(
    'R22',
    'provenance is made and verified before anything goes live',
    ['SLSA Build L1', 'Principles Authorization L3', 'S2C2F AUD-1', 'CIS 4.4.1'],
    ['W31'],
    'verifies provenance against repository, workflow and commit, where the policy says attested',
  ),
  control(
    'R23',
    'digests are recorded and checked again after publication',
    ['CIS 2.4.1', 'CIS 4.3.1', 'SSDF PS.2.1', 'S2C2F AUD-3'],
    [],
    'reads back every published byte',
  ),
  control(
    'R24',
    'a bill of materials comes with the release',
    ['CIS 2.4.5', 'SSDF PS.3.2'],
    [],
    null,
  ),
  control(
    'R25',
    'releases and their evidence are kept',
    ['SSDF PS.3.1', 'SOC 2 CC7.2'],
    [],
    'keeps artifacts by digest, and evidence that a stranger verifies offline',
  ),
  control(
    'R26',
    'actions, images and tools are pinned to digests',
    ['Scorecard Pinned-Dependencies', 'CIS 2.4.2', 'SOC 2 CC6.8'],
    ['W01', 'W02', 'W26', 'W27'],
    null,
  ),
  control(
    'R27',
    'least privilege in workflows',
    ['Scorecard Token-Permissions', 'SOC 2 CC6.3'],
    ['W03', 'W16', 'W17'],
    null,
  ),
  control(
    'R28',
    'no untrusted trigger reaches privileged jobs or caches',
    ['Scorecard Dangerous-Workflow', 'SOC 2 CC6.8'],
    ['W11', 'W12', 'W13', 'W14', 'W15', 'W35'],
    null,
  ),
  control(
    'R29',
    'workflows and release policy have owners and review',
    ['CIS 1.1.6', 'CIS 2.3.4', 'SOC 2 CC8.1'],
    ['W29'],
    'changes roster and rules only by a quorum of the old ones',
  ),
  control(
    'R30',
    'pipelines are scanned for misconfiguration',
    ['CIS 2.3.6', 'CIS 2.3.7', 'SOC 2 CC7.1'],
    ['workflow-unreadable'],
    null,
  ),
  control(
    'R31',
    'one release at a time, never cut off, resumed where it stopped',
    ['SSDF 1.2 draft PS.4'],
    ['W21', 'W36'],
    'publishes a set as one saga that resumes',
  ),
  control(
    'R32',
    'a tamper-evident log of requests, approvals and effects',
    ['CIS 2.1.3', 'CIS 4.3.3', 'Principles General L3', 'SOC 2 CC7.2'],
    ['no-audit-record'],
    'writes a transparency log that anybody can audit',
  ),
  control(
    'R33',
    'registries are compared with what was approved, within minutes',
    ['Principles General L3', 'SOC 2 CC7.2'],
    [],
    null,
  ),
  control(
    'R34',
    'one person can freeze, two thaw',
    ['SSDF RV.1', 'SSDF RV.2', 'SOC 2 CC7.4'],
    [],
    null,
  ),
  control(
    'R35',
    'an incident plan that was practised',
    ['S2C2F INV-2', 'SSDF RV.2', 'SOC 2 CC7.4'],
    [],
    null,
  ),
  control(
    'R36',
    'a cooling time, and an emergency way by two people with review afterwards',
    ['SOC 2 CC8.1'],
    [],
    'has break-glass policies whose use must be reviewed',
  ),
  control(
    'R37',
    'bounds on how much is published in a time',
    ['SOC 2 CC7.2'],
    [],
    'holds bursts of versions',
  ),
  control(
    'R38',
    'which version lines may be released from which branch',
    ['SOC 2 CC8.1'],
    [],
    'holds versions that surprise their line',
  ),
  control(
    'R39',
    'a way to report vulnerabilities',
    ['Principles General L1', 'CIS 1.2.1', 'SOC 2 CC7.3'],
    ['security-policy'],
    null,
  ),
  control(
    'R40',
    'repairs of the release path have a deadline',
    ['SSDF RV.2', 'CIS 2.3.7'],
    [],
    null,
  ),
];

function control(
  id: string,
  title: string,
  maps: readonly string[],
  rules: readonly string[],
  gateway: string | null,
): Control {
  return { id, title, maps, rules, gateway };
}

/** What the audit shows of each control. */
export function judgeControls(
  audit: Audit,
  results: readonly RuleResult[],
): readonly ControlResult[] {
  const isGated = (audit.context.gateway?.packages.length ?? 0) > 0;
  return CONTROLS.map(({ id, title, maps, rules, gateway }) => {
    const own = results.filter((one) => namesRule(rules, one) && one.status !== 'none');
    const helps = isGated && gateway !== null;
    const evidence = [
      ...own.map((one) => `${one.id} is ${one.status}`),
      ...(helps ? [`the gateway ${gateway}`] : []),
    ];
    return {
      id,
      title,
      maps,
      status: statusOf(own, { helps, isGateways: gateway !== null }),
      evidence,
    };
  });
}

function namesRule(rules: readonly string[], { id, reference }: RuleResult): boolean {
  return rules.includes(id) || (reference !== null && rules.includes(reference));
}

function statusOf(
  own: readonly RuleResult[],
  { helps, isGateways }: { readonly helps: boolean; readonly isGateways: boolean },
): ControlStatus {
  if (own.some((one) => one.status === 'open')) return 'open';
  if (own.some((one) => one.status === 'unverified')) return 'unverified';
  if (own.length > 0 || helps) return 'supported';
  return isGateways ? 'open' : 'outside';
}
