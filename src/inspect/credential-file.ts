/** Makes rules for files that tools keep credentials in; each is read as its tool reads it. */
import { fileExample, readConfiguration } from './artifact/packed-file.ts';
import { isPlaceholder } from './look-alikes/randomness.ts';
import type { EntryProblem, EntryRule } from './rule.ts';

/** One kind of file and where in it a credential stands. */
export interface CredentialFile extends Pick<EntryRule, 'id' | 'about'> {
  /** Counts up with every change of what the rule finds; 1 when left out. */
  readonly version?: number;
  readonly severity?: EntryRule['severity'];
  /** On the path in small letters. */
  readonly files: RegExp;
  /** What the credential is, as the message says it. */
  readonly what: string;
  /** With `gm`; its group `value` is the credential. */
  readonly value: RegExp;
  /** A path and a text that holds a credential; the same text with a variable for it. */
  readonly example: { readonly path: string; readonly text: (value: string) => string };
  /** The value of the example, put together when the module is loaded. */
  readonly sample?: string;
}

/** Credentials of one file that are told one by one. */
const TOLD = 20;
const VARIABLE = /^(?:\$|%[A-Za-z_]|\{|<|\*+$|x+$|env[.(:]|null$|none$|true$|false$|REDACTED)/i;
const SAMPLE = ['Q7vX', 't2Mk', '9SlW', 'zR4b', 'N8h3'].join('');

/** A rule for one kind of file. Values are never shown; variables and placeholders are none. */
export function defineCredentialFile(definition: CredentialFile): EntryRule {
  const { id, version = 1, severity = 'critical', about, files, value, what, example } = definition;
  const { sample = SAMPLE } = definition;
  return {
    kind: 'entry',
    id,
    version,
    category: 'secret',
    severity,
    effect: 'reject',
    about,
    attack: 'The file of a person or a machine is packed, and its credential with it',
    paths: files,
    mend: 'Revoke the credential now, leave the file out of the package, and name a variable in it instead of the value',
    *check(entry) {
      if (entry.kind !== 'file') return;
      const text = readConfiguration(entry.content);
      let told = 0;
      for (const found of text.matchAll(value)) {
        const secret = found.groups?.['value'] ?? '';
        if (VARIABLE.test(secret) || isPlaceholder(secret)) continue;
        told += 1;
        if (told <= TOLD) yield problemAt(what, lineOf(text, found.index));
      }
      if (told > TOLD)
        yield { message: `it holds ${told} of them: ${what}`, confidence: 'plausible' };
    },
    examples: {
      bad: [
        {
          about: `a file with ${what}`,
          make: () => fileExample(example.path, example.text(sample)),
        },
      ],
      fine: [
        {
          about: 'a variable instead of the value',
          make: () => fileExample(example.path, example.text(`${'$'}{SECRET}`)),
        },
        {
          about: 'the same text in another file',
          make: () => fileExample('package/dist/index.bin', example.text(sample)),
        },
      ],
    },
  };
}

function problemAt(what: string, line: number): EntryProblem {
  return { message: `line ${line} holds ${what}`, confidence: 'plausible' };
}

function lineOf(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1))
    line += 1;
  return line;
}
