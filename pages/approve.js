import { encodeText, groups, sha256Hex } from './bytes.js';
import { differenceOf, upstreamDifferencesOf } from './difference.js';
import {
  button,
  call,
  element,
  facts,
  say,
  section,
  setCsrf,
  setHeading,
  setWho,
  show,
  start,
  takeFragment,
} from './page.js';
import { agreedPayload, approvalOf, sign } from './statement.js';

const SHOWN_FILES = 200;
// Members of a manifest that have a place on this page; others are shown as they stand.
const SHOWN_MEMBERS = new Set([
  ...['schema', 'genesis', 'release', 'project', 'repository', 'tag', 'version', 'commit'],
  ...['attempt', 'action', 'artifacts', 'upstreams', 'distTags', 'baselines', 'source'],
  ...['requesters', 'inspection', 'policy', 'roster', 'breakGlass'],
]);
const reference = location.pathname.split('/').pop();

// The documents, each held against the digest under which the next one names it.
async function readReview() {
  const review = await call('GET', `releases/${reference}`);
  const manifest = JSON.parse(review.manifest);
  const report = JSON.parse(review.report);
  const manifestDigest = await sha256Hex(encodeText(review.manifest));
  const digests = await Promise.all(review.summaries.map((text) => sha256Hex(encodeText(text))));
  const summaries = new Map(
    digests.map((digest, at) => [digest, JSON.parse(review.summaries[at])]),
  );
  const rules = JSON.parse(review.policyDocument);
  const fits =
    (await sha256Hex(encodeText(review.policyDocument))) === manifest.policy.document &&
    (await sha256Hex(encodeText(review.report))) === manifest.inspection.report &&
    manifest.release === review.release.id &&
    manifest.genesis === review.genesis;
  if (!fits)
    throw new Error(
      'The documents of the gateway do not fit together. Sign nothing, and tell the others.',
    );
  return { ...review, manifest, report, rules, manifestDigest, summaries };
}

function showEmergency({ breakGlass }) {
  if (breakGlass === undefined) return null;
  return element(
    'p.note',
    {},
    element('strong', {}, 'Emergency. '),
    `Any two people suffice, a review is due afterwards, and everybody is told: ${breakGlass.reason}`,
  );
}

function showFacts({ manifest, manifestDigest, rule, release }) {
  const others = Object.entries(manifest).filter(([name]) => !SHOWN_MEMBERS.has(name));
  return section(
    'What would happen',
    showEmergency(manifest),
    facts([
      [
        'compare',
        element('span.compare', { id: 'compare' }, groups(manifestDigest)),
        element(
          'div.quiet',
          {},
          'The first eight bytes of what is signed. A terminal shows the same: countersign release show ',
          release.shortId,
        ),
      ],
      ['release', `${manifest.project} ${manifest.tag}, attempt ${manifest.attempt}`],
      [
        'commit',
        element('code', {}, manifest.commit ?? 'none named'),
        `, source ${manifest.source.grade}`,
      ],
      ['asked for by', manifest.requesters.map((one) => `${one.person} (${one.as})`).join(', ')],
      [
        'policy',
        `${manifest.policy.name}: ${rule.minimum} people, ${rule.terminal} of them in a terminal, requester ${rule.requester}`,
      ],
      ['missing', release.quorum?.missing.join('; ') || 'nothing'],
      ...manifest.distTags.map((one) => [
        'dist-tag',
        `${one.tag} of ${one.package}: ${one.from ?? 'nothing'} -> ${one.to}`,
      ]),
      ...others.map(([name, value]) => [name, element('code', {}, JSON.stringify(value))]),
    ]),
  );
}

// Where a file goes: the upstream that the signed rules give its package, as the manifest names it.
function targetOf({ manifest, rules }, artifact) {
  const known = rules.projects[manifest.project]?.packages.find(
    (one) => one.ecosystem === artifact.ecosystem && one.name === artifact.package,
  );
  const target = manifest.upstreams.find((one) => one.name === known?.upstream);
  if (target === undefined) throw new Error(`The signed rules send ${artifact.file} nowhere.`);
  return `${target.name}, ${target.url} (${target.mode})`;
}

function showArtifact(review, artifact) {
  const { report, summaries, manifest } = review;
  return element(
    'li',
    {},
    element('strong', {}, `${artifact.package} ${artifact.version}`),
    facts([
      ['file', `${artifact.file}, ${artifact.sizeBytes} bytes`],
      ['sha256', element('code', {}, artifact.sha256)],
      ['goes to', targetOf(review, artifact)],
    ]),
    ...showDifference(differenceOf(artifact, report, summaries)),
    ...upstreamDifferencesOf(artifact, manifest.artifacts, report, summaries).flatMap(
      showDifference,
    ),
  );
}

function showDifference(difference) {
  const files = difference.files.slice(0, SHOWN_FILES);
  const rest = difference.files.length - files.length;
  const lines = [...difference.facts, ...files, ...(rest > 0 ? [`and ${rest} more files`] : [])];
  return [
    element('p', {}, difference.title),
    lines.length === 0 ? null : element('pre', { tabindex: '0' }, lines.join('\n')),
  ];
}

function showArtifacts(review) {
  return section(
    'Packages and what changed',
    element(
      'ul.plain',
      {},
      ...review.manifest.artifacts.map((artifact) => showArtifact(review, artifact)),
    ),
  );
}

// Findings with what each asks for; the answers are read when the person decides.
function showFindings({ report, toAcknowledge, toWaive }, answers) {
  const all = [...report.findings, ...report.artifacts.flatMap((one) => one.findings)];
  if (all.length === 0)
    return section('Findings', element('p', {}, 'The inspection found nothing.'));
  const rows = all.map((finding, at) => {
    const place =
      finding.path === null
        ? ''
        : `, ${finding.path}${finding.line === null ? '' : `:${finding.line}`}`;
    const about = [
      element('strong', {}, finding.rule),
      element('div.quiet', {}, `${finding.severity}, ${finding.confidence}${place}`),
      element('div', {}, finding.message),
    ];
    if (toAcknowledge.includes(finding.fingerprint)) {
      const box = element('input', { type: 'checkbox', id: `finding-${at}` });
      answers.acknowledged.push([finding, box]);
      return element(
        'li',
        {},
        element('span.tag.hold', {}, 'acknowledge'),
        ...about,
        element(
          'label.check',
          { for: `finding-${at}` },
          box,
          'I have read this, and it is as it should be',
        ),
      );
    }
    if (toWaive.includes(finding.fingerprint)) {
      const reason = element('input', {
        type: 'text',
        id: `finding-${at}`,
        maxlength: '2000',
        autocomplete: 'off',
      });
      answers.waived.push([finding, reason]);
      return element(
        'li',
        {},
        element('span.tag.waive', {}, 'waive'),
        ...about,
        element(
          'label',
          { for: `finding-${at}` },
          'Why this may be released all the same; signed and shown to everybody',
        ),
        reason,
      );
    }
    return element(
      'li',
      {},
      element('span.tag', {}, finding.effect === 'hold' ? 'accepted by the signed rules' : 'note'),
      ...about,
    );
  });
  return section('Findings', element('ul.plain', {}, ...rows));
}

function decisionToApprove(answers) {
  const open = answers.acknowledged.find(([, box]) => !box.checked);
  if (open !== undefined) {
    open[1].focus();
    throw new Error(`Read the finding ${open[0].rule} and acknowledge it, or reject the release.`);
  }
  const bare = answers.waived.find(([, reason]) => reason.value.trim() === '');
  if (bare !== undefined) {
    bare[1].focus();
    throw new Error(`Say why ${bare[0].rule} may be released all the same, or reject the release.`);
  }
  return {
    decision: 'approve',
    acknowledged: answers.acknowledged.map(([finding]) => finding.fingerprint),
    waived: answers.waived.map(([finding, reason]) => ({
      finding: finding.fingerprint,
      reason: reason.value.trim(),
    })),
    reason: null,
  };
}

async function decide(review, decision) {
  const { passkeys, relyingParty, rule } = review;
  if (passkeys.length === 0) {
    throw new Error(
      'The roster has no approval passkey of yours. Enrol one, or approve in a terminal.',
    );
  }
  const { payload: composed } = await call('POST', `releases/${reference}/statement`, decision);
  const payload = agreedPayload(
    composed,
    (given) => approvalOf(review, decision, given),
    rule.expiresSeconds,
  );
  const keyOf = (id) => passkeys.find((one) => one.credentialId === id)?.key ?? 'unknown';
  const statement = await sign(
    payload,
    relyingParty,
    passkeys.map((one) => one.credentialId),
    keyOf,
  );
  const { state, quorum } = await call('POST', `releases/${reference}/approval`, { statement });
  show(
    section(
      decision.decision === 'approve' ? 'Approved' : 'Rejected',
      facts([
        ['release', `${review.manifest.project} ${review.manifest.tag} is ${state}`],
        ['counted', quorum?.counted.join(', ') || 'nobody'],
        ['missing', quorum?.missing.join('; ') || 'nothing'],
      ]),
    ),
  );
  say(
    decision.decision === 'approve' ? 'Your signature is recorded.' : 'The attempt has ended.',
    'good',
  );
}

function showDecision(review, answers) {
  const { manifest, person, rule } = review;
  const asked = manifest.requesters.some((one) => one.person === person.id);
  const version = element('input', {
    type: 'text',
    id: 'version',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const reason = element('textarea', { id: 'reason', maxlength: '2000' });
  return section(
    `Sign as ${person.name} (${person.id})`,
    asked && rule.requester === 'excluded'
      ? element(
          'p.note',
          {},
          'You asked for this release: under this policy your signature will not count.',
        )
      : null,
    element(
      'p.quiet',
      {},
      'A browser shows what this page tells it to. A terminal recomputes the inspection from the bytes; when in doubt, approve there.',
    ),
    element('label', { for: 'version' }, 'Type the version to approve it'),
    version,
    element(
      'div.row',
      {},
      button('Approve with passkey', 'main', async () => {
        if (version.value.trim() !== manifest.version) {
          version.focus();
          throw new Error(
            `Type the version ${manifest.version} if this is what you mean. Nothing was signed.`,
          );
        }
        await decide(review, decisionToApprove(answers));
      }),
    ),
    element(
      'details',
      {},
      element('summary', {}, 'Reject instead'),
      element(
        'label',
        { for: 'reason' },
        'Why; signed and shown to everybody. It cannot be taken back.',
      ),
      reason,
      button('Reject with passkey', 'bad', async () => {
        const text = reason.value.trim();
        if (text === '') {
          reason.focus();
          throw new Error('Say why. Nothing was signed.');
        }
        await decide(review, { decision: 'reject', acknowledged: [], waived: [], reason: text });
      }),
    ),
  );
}

await start(async () => {
  const link = takeFragment();
  if (link !== '') await call('POST', 'enter', { link });
  const session = await call('GET', 'session');
  setCsrf(session.csrf);
  setWho(`${session.person}, until ${session.expiresAt.slice(11, 16)} UTC`);
  const review = await readReview();
  setHeading(`${review.manifest.project} ${review.manifest.tag}`);
  const answers = { acknowledged: [], waived: [] };
  show(
    showFacts(review),
    showArtifacts(review),
    showFindings(review, answers),
    review.release.state === 'awaiting-approval'
      ? showDecision(review, answers)
      : section('Nothing to sign', element('p', {}, `The release is ${review.release.state}.`)),
  );
});
