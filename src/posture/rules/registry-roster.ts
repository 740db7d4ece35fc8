import { accountsOf } from '../registry-view.ts';
import type { AuditContext, PostureRule, Problem } from '../rule.ts';
import { samplePackage, sampleProject, sampleSettings, seen, UNSEEN } from '../sample-settings.ts';
import type { NpmPackageSettings } from '../settings.ts';
import { nothingSeen, settingProblem, whenObserved } from '../settings-view.ts';

const alice = { name: 'alice', role: 'maintainer', emailDomain: null } as const;
const bob = { name: 'bob', role: 'maintainer', emailDomain: null } as const;
const npm = (changes: Partial<NpmPackageSettings>) => sampleSettings({}, [samplePackage(changes)]);

export const rule: PostureRule = {
  id: 'registry-roster',
  reference: 'W33',
  severity: 'critical',
  confidence: 'proven',
  area: 'access-control',
  scope: 'settings',
  about: 'whoever may publish a package at its registry is on the list of the team',
  attack:
    'an account that nobody remembers still publishes: of a person who has left, with a password that leaked, or whose mail goes to a domain that somebody else has bought since',
  mend: 'name the accounts of the team with --team, compare them with those of the finding, and remove the others at the registry; the gateway needs one account a registry',
  incidents: ['I12', 'I46', 'I52', 'I09'],
  applies: (context) => (context.settings?.packages.length ?? 1) > 0,
  examples: {
    bad: [
      {
        about: 'an account that is not on the list',
        files: {},
        team: ['alice'],
        settings: npm({ maintainers: seen([alice, bob]) }),
        found: ['settings'],
      },
      {
        about: 'a right to write that only a team gives',
        files: {},
        team: ['alice'],
        settings: npm({ collaborators: seen([{ name: 'carol', permission: 'write' }]) }),
        found: ['settings'],
      },
      {
        about: 'accounts, and no list to hold them against',
        files: {},
        settings: npm({ maintainers: seen([alice]) }),
        found: ['settings'],
      },
      {
        about: 'accounts that could not be seen',
        files: {},
        team: ['alice'],
        settings: sampleSettings({}, [sampleProject({ maintainers: UNSEEN })]),
        found: ['settings'],
      },
    ],
    fine: [
      {
        about: 'accounts that are all on the list',
        files: {},
        team: ['alice', 'bob'],
        settings: sampleSettings({}, [samplePackage(), sampleProject()]),
      },
      {
        about: 'a right to read, for somebody who is not on it',
        files: {},
        team: ['alice'],
        settings: npm({ collaborators: seen([{ name: 'carol', permission: 'read' }]) }),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  if (context.settings === null) {
    yield nothingSeen(context, 'accounts that may publish');
    return;
  }
  const { team } = context;
  for (const one of context.settings.packages) {
    yield* whenObserved(accountsOf(one), `accounts that may publish ${one.name}`, (accounts) =>
      team === null ? unlisted(one.name, accounts) : strangers(one.name, accounts, team),
    );
  }
}

function unlisted(name: string, accounts: readonly string[]): readonly Problem[] {
  if (accounts.length === 0) return [];
  const shown = accounts.slice(0, 20).join(', ');
  const more = accounts.length > 20 ? ` and ${accounts.length - 20} more` : '';
  const message = `${name} may be published by ${shown}${more}, and no list says who should`;
  return [settingProblem(message, { evidence: 'unverified' })];
}

function strangers(
  name: string,
  accounts: readonly string[],
  team: readonly string[],
): readonly Problem[] {
  const known = new Set(team.map((one) => one.toLowerCase()));
  return accounts
    .filter((account) => !known.has(account.toLowerCase()))
    .map((account) => settingProblem(`${account} may publish ${name} and is not on the list`));
}
