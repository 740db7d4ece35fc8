import type { ArtifactRule } from '../rule.ts';
import { sdistFiles, wheelFiles } from '../sample-artifact.ts';

/** Where a wheel's files land in site-packages itself. */
const AT_TOP = /^(?:\.data\/(?:purelib|platlib)\/)?[^/]+$/;
const HOOK_MODULE =
  /^(?:\.data\/(?:purelib|platlib)\/)?(?:sitecustomize|usercustomize)(?:\.py|\/__init__\.py)$/;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'interpreter-start-file',
  version: 1,
  category: 'content',
  severity: 'critical',
  effect: 'reject',
  about:
    'Files of a wheel that every start of Python runs, imported or not: `.pth` with an import line, sitecustomize, usercustomize',
  attack:
    'The code runs wherever the package is merely installed: litellm_init.pth in litellm 1.82.7 / 1.82.8 (I36), elementary.pth in elementary-data 0.23.3 (PyPI + image) (I41)',
  mend: 'Do the work when the module is imported; a tool that needs the hook waives the rule',
  *check({ tree, change }) {
    if (tree.layout !== 'wheel') return;
    for (const file of tree.files) {
      const isHook = HOOK_MODULE.test(file.place);
      const isPath = AT_TOP.test(file.place) && file.place.endsWith('.pth');
      if (!isHook && !(isPath && runsCode(tree.texts.get(file.place)))) continue;
      const known = change?.before.files.find((one) => one.place === file.place);
      const message = isHook
        ? 'Python imports this module at every start'
        : 'a line of this .pth file begins with import: Python runs it at every start';
      yield known !== undefined && known.sha256 === file.sha256
        ? { path: file.path, message: `${message}, as before`, effect: 'note', severity: 'low' }
        : { path: file.path, message };
    }
  },
  examples: {
    bad: [
      {
        about: 'a .pth file with code',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({ 'agent_init.pth': 'import base64; exec(1)\n' }),
        }),
      },
      {
        about: 'the same in the data folder of a wheel',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({ 'aitbc_agent_sdk-1.2.3.data/purelib/a.pth': '\nimport\tos\n' }),
        }),
      },
      {
        about: 'a module that Python starts with',
        make: () => ({ kind: 'wheel', entries: wheelFiles({ 'sitecustomize.py': '' }) }),
      },
    ],
    fine: [
      {
        about: 'a .pth file that names folders',
        make: () => ({ kind: 'wheel', entries: wheelFiles({ 'agent.pth': 'agent/lib\n' }) }),
      },
      {
        about: 'a model with this ending in a folder',
        make: () => ({ kind: 'wheel', entries: wheelFiles({ 'agent/model.pth': 'import x' }) }),
      },
      {
        about: 'a source distribution, which is not installed as it stands',
        make: () => ({ kind: 'sdist', entries: sdistFiles({ 'a.pth': 'import x' }) }),
      },
    ],
  },
};

/** site.py runs lines that begin with `import` and a blank, of UTF-8 with or without a mark. */
function runsCode(content: Uint8Array | undefined): boolean {
  const text = Buffer.from(content ?? [])
    .toString('latin1')
    .replaceAll('\0', '');
  return /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?import[ \t]/m.test(text);
}
