import { beforeAll, describe, expect, test } from 'vitest';
import { createEvidence, type EvidenceFixture } from '../../test/evidence-fixture.ts';
import { createTestKey, type TestKey } from '../../test/ssh-fixture.ts';
import { requireRightPolicy } from '../core/choose-policy.ts';
import type { PersonId, ReleaseId } from '../core/names.ts';
import { checkPolicyDocument } from '../core/policy.ts';
import type { Roster } from '../core/roster.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { policyOf, projectOf } from './release-rules.ts';
import { deriveRequesters } from './requesters.ts';
import { encodeInstanceStatement, type SignedStatement } from './signed-statement.ts';

let fine: EvidenceFixture;
let robot: TestKey;
let roster: Roster;
beforeAll(async () => {
  fine = await createEvidence();
  robot = await createTestKey();
  const keys = [{ kind: 'ssh' as const, publicKey: robot.publicKey }];
  roster = { ...fine.roster, bots: [{ id: 'robot' as PersonId, keys }] };
});

const other = '00000000-0000-7000-8000-000000000000' as ReleaseId;
const opening = (changes: object = {}) => ({
  ...(decodeStatement(fine.opening.envelope.payload).predicate as object),
  ...changes,
});
const sign = (key: TestKey, purpose: 'open' | 'adopt' | 'grant', predicate: object) =>
  key.sign(purpose, encodeInstanceStatement(purpose, fine.genesisDigest, predicate));
const adoption = (person: string, release: ReleaseId = fine.manifest.release) => ({
  schema: 'countersign/adopt/v1',
  genesis: fine.genesisDigest,
  release,
  person,
  issuedAt: '2026-03-01T12:00:00.000Z',
});
const derive = async (...statements: SignedStatement[]) =>
  (
    await deriveRequesters(
      nodeCrypto,
      { statements, identities: [] },
      { ...fine.manifest, policy: 'strict' },
      { roster, project: projectOf(fine.manifest, fine.policyDocument) },
    )
  ).requesters.map((one) => `${one.person} ${one.as}`);

describe('promise 1: nobody who asked is left out', () => {
  test('the opener is, and a bot’s release has nobody until it is adopted', async () => {
    expect(await derive(fine.opening)).toEqual(['alice opener']);
    const bots = sign(robot, 'open', opening());
    await expect(derive(bots)).rejects.toMatchObject({ code: 'not-adopted' });
    expect(await derive(bots, sign(fine.keys.bob, 'adopt', adoption('bob')))).toEqual([
      'bob adopter',
    ]);
    await expect(derive(bots, sign(robot, 'adopt', adoption('robot')))).rejects.toThrow(
      'an adoption needs a person, found the bot robot',
    );
  });

  test('an adoption or opening of something else, or in another name, is refused', async () => {
    const bots = sign(robot, 'open', opening());
    const bob = fine.keys.bob;
    await expect(derive(bots, sign(bob, 'adopt', adoption('bob', other)))).rejects.toThrow(
      'the adoption of bob is for another release',
    );
    await expect(derive(bots, sign(bob, 'adopt', adoption('carol')))).rejects.toThrow(
      'the adoption of bob is for another release',
    );
    await expect(derive()).rejects.toThrow('no signed statement says who opened');
    for (const [change, what] of [
      [{ tag: 'v1.2.4' }, 'another tag: expected v1.2.3, found v1.2.4'],
      [{ version: '1.2.4' }, 'another version'],
      [{ commit: null }, 'another commit'],
      [{ project: 'other' }, 'another project'],
      [{ policy: 'lax' }, 'was opened under policy lax, not strict'],
    ] as const) {
      await expect(derive(sign(bob, 'open', opening(change)))).rejects.toThrow(what);
    }
    const unrelated = sign(bob, 'open', opening({ release: other }));
    await expect(derive(fine.opening, unrelated)).rejects.toThrow(
      'an opening statement is about another release',
    );
  });

  test('who opened the attempt before stays a requester', async () => {
    const first = sign(fine.keys.bob, 'open', opening({ release: other }));
    const second = sign(fine.keys.carol, 'open', opening({ reopens: other }));
    expect(await derive(second, first)).toEqual(['carol opener', 'bob opener']);
    await expect(derive(second)).rejects.toThrow(`no signed statement says who opened ${other}`);
  });
});

describe('promise 1: the rules that judge', () => {
  test('a laxer policy that comes after one that takes the tag is refused', () => {
    const strict = fine.policy;
    const lax = { ...strict, approvals: { ...strict.approvals, groups: {} } };
    const project = fine.policyDocument.projects['aitbc'];
    if (project === undefined) throw new Error('no project');
    const both = { ...project, policies: ['strict', 'lax'] };
    const document = {
      ...fine.policyDocument,
      projects: { aitbc: both },
      policies: { strict, lax },
    };
    const manifest = { ...fine.manifest, policy: { ...fine.manifest.policy, name: 'lax' } };
    expect(() => policyOf(manifest, document)).toThrow(
      'tag "v1.2.3" is for policy strict, which comes first, not lax',
    );
    const named = { ...lax, chosen: 'at-open' as const };
    expect(() =>
      requireRightPolicy(document, both, 'v1.2.3', { name: 'lax', policy: named }),
    ).not.toThrow();
  });

  test('a rules document whose names lead nowhere is refused', () => {
    const document = fine.policyDocument;
    const project = document.projects['aitbc'];
    if (project === undefined) throw new Error('no project');
    const withProject = (changes: object) => ({
      ...document,
      projects: { aitbc: { ...project, ...changes } },
    });
    const [item] = project.packages;
    expect(() => checkPolicyDocument(document)).not.toThrow();
    for (const [bad, message] of [
      [withProject({ policies: [] }), 'projects.aitbc.policies is empty'],
      [withProject({ policies: ['constructor'] }), 'names constructor, which policies does not'],
      [withProject({ packages: [{ ...item, upstream: 'toString' }] }), 'goes to toString'],
      [withProject({ packages: [{ ...item, ecosystem: 'pypi' }] }), 'is pypi, but upstream'],
      [withProject({ packages: [item, item] }), 'belongs to aitbc and to aitbc'],
    ] as const) {
      expect(() => checkPolicyDocument(bad)).toThrow(message);
    }
  });
});
