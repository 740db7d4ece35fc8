import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellCommands } from './shell-command.ts';

function lines(text: string): readonly string[] {
  return shellCommands(text).map((one) => one.words.map((word) => word.text).join(' '));
}

describe('shellCommands', () => {
  it.each([
    ['npm ci && npm publish', ['npm ci', 'npm publish']],
    ['npm ci; npm test | tee log', ['npm ci', 'npm test', 'tee log']],
    ['npm \\\n  publish', ['npm publish']],
    ['npm `\n  publish', ['npm publish']],
    ["echo 'a && npm publish'", ['echo a && npm publish']],
    ['# npm publish\nnpm test # npm publish', ['npm test']],
    ['NODE_AUTH_TOKEN=x npm publish', ['npm publish']],
    ['sudo -E env -i A=b npm publish', ['npm publish']],
    ['if true; then npm publish; fi', ['true', 'npm publish', 'fi']],
    [
      'bash -ec "npm ci && npm publish"',
      ['bash -ec npm ci && npm publish', 'npm ci', 'npm publish'],
    ],
    ['cat <<EOF > x\nnpm publish\nEOF\nnpm test', ['cat > x', 'npm test']],
    ["cat <<-'E'\n\tnpm publish\n\tE\nnpm test", ['cat', 'npm test']],
    ['npm publish 2>&1 | tee log', ['npm publish 2>&1', 'tee log']],
    ['npm publish ${{ inputs.a && inputs.b }}', ['npm publish ${{ inputs.a && inputs.b }}']],
    ['echo "$(npm publish)"', ['echo $(npm publish)', 'npm publish']],
    ['(cd a; npm publish)', ['cd a', 'npm publish']],
  ])('reads %j', (text, expected) => {
    expect(lines(text)).toEqual(expected);
  });

  it('says where each command begins', () => {
    const text = 'npm ci\n  npm publish --tag "a b"\n';
    const places = shellCommands(text).map((one) => text.slice(one.index).split(' ')[0]);
    expect(places).toEqual(['npm', 'npm']);
    expect(shellCommands(text)[1]?.words.at(-1)?.index).toBe(text.indexOf('a b'));
  });

  it('keeps assignments apart', () => {
    expect(shellCommands('A=1 B="2 3" npm publish')[0]?.assignments).toEqual(
      new Map([
        ['A', '1'],
        ['B', '2 3'],
      ]),
    );
  });

  it('answers any text, with places inside of it', () => {
    const texts = fc.array(
      fc.constantFrom(
        'npm',
        ' ',
        '\n',
        '"',
        "'",
        '\\',
        '$(',
        ')',
        '`',
        '<<A',
        'A',
        '&&',
        '|',
        ';',
        '#',
        '${{',
        '}}',
        'bash -c ',
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('');
        for (const { words } of shellCommands(text)) {
          for (const { index } of words) if (index < 0 || index > text.length) return false;
        }
        return true;
      }),
    );
  });

  it('ends on a text of a million open brackets', () => {
    expect(shellCommands('$('.repeat(500_000)).length).toBeLessThan(300_000);
  });
});
