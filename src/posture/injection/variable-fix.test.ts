import { describe, expect, it } from 'vitest';
import { auditRepository } from '../audit.ts';
import { applyFixes } from '../fix.ts';
import type { AuditInputs } from '../repository.ts';
import { rule } from '../rules/template-injection.ts';

const PATH = '.github/workflows/ci.yml';
const TITLE = '$'.concat('{{ github.event.issue.title }}');

function inputsOf(text: string): AuditInputs {
  return {
    files: [{ path: PATH, text, mode: '100644', hasShebang: false }],
    gateway: null,
    settings: null,
    settingsMissing: '',
    unread: [],
    pins: { resolve: () => null },
  };
}

/** The script of a step after the fix, or null where there is none. */
function fixedScript(script: string, options: { shell?: string; runner?: string } = {}) {
  const indented = script
    .split('\n')
    .map((line) => `          ${line}`)
    .join('\n');
  const text = `on: issues
jobs:
  one:
    runs-on: ${options.runner ?? 'ubuntu-latest'}
    steps:
      - ${options.shell === undefined ? 'name: x' : `shell: ${options.shell}`}
        run: |
${indented}
`;
  const { fixes } = auditRepository(inputsOf(text), [rule]);
  if (fixes.size === 0) return null;
  const fixed = applyFixes({ [PATH]: text }, [...fixes.values()]).files[PATH] ?? '';
  expect(fixed).toContain(`        env:\n          ISSUE_TITLE: ${TITLE}\n        run: |\n`);
  const body = fixed.slice(fixed.indexOf('run: |\n') + 7);
  return body
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(10))
    .join('\n');
}

describe('a variable in place of an expression', () => {
  it.each([
    ['in double quotes', `echo "a ${TITLE} b"`, `echo "a \${ISSUE_TITLE} b"`],
    ['in single quotes', `echo 'a ${TITLE} b'`, `echo 'a '"\${ISSUE_TITLE}"' b'`],
    ['the whole of single quotes', `echo '${TITLE}'`, `echo "\${ISSUE_TITLE}"`],
    ['an assignment', `X=${TITLE}`, `X="\${ISSUE_TITLE}"`],
    ['a part of a word', `make --x=${TITLE}`, `make --x="\${ISSUE_TITLE}"`],
    ['a command in quotes', `echo "$(git log '${TITLE}')"`, `echo "$(git log "\${ISSUE_TITLE}")"`],
    ['an escaped quote before it', `echo \\" "${TITLE}"`, `echo \\" "\${ISSUE_TITLE}"`],
    [
      'quotes over lines',
      `gh pr comment --body "one\ntwo ${TITLE}"`,
      `gh pr comment --body "one\ntwo \${ISSUE_TITLE}"`,
    ],
    [
      'the same one twice',
      `echo "${TITLE}"\necho "${TITLE}"`,
      `echo "\${ISSUE_TITLE}"\necho "\${ISSUE_TITLE}"`,
    ],
    [
      'after a here-document that holds a quote',
      `cat <<EOF\ndon't\nEOF\necho "${TITLE}"`,
      `cat <<EOF\ndon't\nEOF\necho "\${ISSUE_TITLE}"`,
    ],
  ])('means the same in bash: %s', (_, script, wanted) => {
    expect(fixedScript(script)).toBe(wanted);
  });

  it.each([
    ['words that may be several', `npm run ${TITLE}`],
    ['a list to walk', `for x in ${TITLE}; do echo; done`],
    ['a comment', `echo one # ${TITLE}`],
    ['a here-document', `cat <<EOF\n${TITLE}\nEOF`],
    ['a quoted here-document', `cat <<'EOF'\n"${TITLE}"\nEOF`],
    ['backquotes', `echo \`echo "${TITLE}"\``],
    ['the default of a variable', `echo "\${X:-${TITLE}}"`],
    ['arithmetic', `echo $(( ${TITLE} + 1 ))`],
    ['code in quotes', `python3 -c "print('${TITLE}')"`],
    ['code in quotes over lines', `node -e "\nconsole.log('${TITLE}')\n"`],
    ['code for a pipe', `echo "${TITLE}" | bash`],
    ['a program of its own', `sed -i "s/x/${TITLE}/" file`],
    ['escapes in quotes', `echo $'${TITLE}'`],
  ])('is left to a person in bash: %s', (_, script) => {
    expect(fixedScript(script)).toBeNull();
  });

  it('follows the shell of the step', () => {
    const script = `Write-Host "a ${TITLE}"`;
    const wanted = `Write-Host "a \${env:ISSUE_TITLE}"`;
    expect(fixedScript(script, { shell: 'pwsh' })).toBe(wanted);
    expect(fixedScript(script, { runner: 'windows-2022' })).toBe(wanted);
    expect(fixedScript(`$x = '${TITLE}'`, { shell: 'pwsh' })).toBe(`$x = "\${env:ISSUE_TITLE}"`);
    expect(fixedScript(`$x = '- ${TITLE}'`, { shell: 'pwsh' })).toBeNull();
    expect(fixedScript(`print("${TITLE}")`, { shell: 'python' })).toBeNull();
    expect(fixedScript(`echo "${TITLE}"`, { shell: 'cmd' })).toBeNull();
    expect(fixedScript(`echo "${TITLE}"`, { runner: TITLE })).toBeNull();
  });

  it('takes whole strings of JavaScript', () => {
    const text = `on: issue_comment
jobs:
  answer:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/github-script@v7
        with:
          script: |
            const title = '${TITLE}';
            const more = 'of ${TITLE}';
`;
    const { fixes } = auditRepository(inputsOf(text), [rule]);
    expect(fixes.size).toBe(1);
    expect(applyFixes({ [PATH]: text }, [...fixes.values()]).files[PATH]).toBe(
      text
        .replace('        with:', `        env:\n          ISSUE_TITLE: ${TITLE}\n        with:`)
        .replace(`'${TITLE}';`, 'process.env.ISSUE_TITLE;'),
    );
  });
});
