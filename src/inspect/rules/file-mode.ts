import type { ArchiveEntry } from '../../formats/archive-entry.ts';
import { passiveKind } from '../file-kind.ts';
import { fileExample } from '../packed-file.ts';
import type { EntryRule } from '../rule.ts';

const SPECIAL = 0o7000;
const WORLD_WRITABLE = 0o002;
const EXECUTABLE = 0o111;
const NATIVE = /^(?:\x7fELF|MZ|\xcf\xfa\xed\xfe|\xce\xfa\xed\xfe|\xca\xfe\xba\xbe)/;

export const rule: EntryRule = {
  kind: 'entry',
  id: 'file-mode',
  version: 1,
  category: 'content',
  severity: 'medium',
  effect: 'hold',
  about:
    'Modes of packed files: configuration, documentation, web assets, data and source are not executable, scripts with a shebang are, and nothing is setuid, setgid, sticky or writable by everybody',
  attack:
    'What looks like data is started as a program; a setuid file gives its rights to everyone who installs as root; a file that everybody may write to is changed after it was installed',
  mend: 'Run the printed `chmod` line in the source tree and pack again, or set the mode where the archive is made',
  *check(entry) {
    if (entry.kind !== 'file') return;
    const { mode, path } = entry;
    const octal = mode.toString(8).padStart(3, '0');
    if ((mode & SPECIAL) !== 0) {
      const message = `mode ${octal} is setuid, setgid or sticky: ${fix((mode & 0o111) === 0 ? 0o644 : 0o755, path)}`;
      yield { message, effect: 'reject', severity: 'high' };
    }
    if ((mode & WORLD_WRITABLE) !== 0) {
      yield {
        message: `mode ${octal} lets everybody write: ${fix((mode & 0o111) === 0 ? 0o644 : 0o755, path)}`,
      };
    }
    const head = Buffer.from(entry.content.subarray(0, 64)).toString('latin1');
    const hasShebang = /^#! ?\//.test(head);
    const isExecutable = (mode & EXECUTABLE) !== 0;
    const kind = passiveKind(path);
    if (isExecutable && kind !== null && !hasShebang && !NATIVE.test(head)) {
      yield { message: `${kind} with mode ${octal} is executable: ${fix(0o644, path)}` };
    }
    if (hasShebang && !isExecutable && kind === null) {
      const message = `a script with a shebang has mode ${octal}: ${fix(0o755, path)}`;
      // installers set the modes of what they link as commands; only a direct start fails
      yield { message, effect: 'note', severity: 'low' };
    }
  },
  examples: {
    bad: [
      { about: 'an executable configuration', make: () => withMode('package/a.json', 0o755) },
      { about: 'an executable readme', make: () => withMode('package/README.md', 0o755) },
      { about: 'an executable style sheet', make: () => withMode('package/a.css', 0o744) },
      { about: 'executable data', make: () => withMode('package/a.csv', 0o755) },
      { about: 'an executable source', make: () => withMode('package/a.c', 0o755) },
      { about: 'a setuid program', make: () => withMode('package/a.sh', 0o4755, '#!/bin/sh\n') },
      { about: 'a sticky file', make: () => withMode('package/a', 0o1644) },
      { about: 'a file that everybody may write to', make: () => withMode('package/a.js', 0o666) },
    ],
    fine: [
      { about: 'a file as usual', make: () => withMode('package/a.json', 0o644) },
      {
        about: 'an executable script',
        make: () => withMode('package/a.sh', 0o755, '#!/bin/sh\n'),
      },
      { about: 'a library that is loaded', make: () => withMode('package/a.so', 0o755) },
    ],
  },
};

/** The line to copy: the path inside the archive's top folder is that of the source tree. */
function fix(mode: number, path: string): string {
  const inner = path.slice(path.indexOf('/') + 1);
  const shown = /^[\w@%+=:,./-]{1,150}$/.test(inner) ? inner : 'FILE';
  return `chmod ${mode.toString(8).padStart(3, '0')} ${shown}`;
}

function withMode(path: string, mode: number, text = 'text'): ArchiveEntry {
  return { ...fileExample(path, text), mode };
}
