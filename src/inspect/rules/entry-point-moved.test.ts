import { describe, expect, it } from 'vitest';
import { createTreeCollector } from '../packed-tree.ts';
import type { ArtifactView } from '../rule.ts';
import { npmFiles, wheelFiles } from '../sample-artifact.ts';
import { sampleRelease } from '../sample-release.ts';
import { rule } from './entry-point-moved.ts';

/** A file of no release, as `scan` sees it. */
function loose(kind: 'tarball' | 'wheel', entries: ReturnType<typeof npmFiles>): ArtifactView {
  const [facts] = sampleRelease().artifacts;
  if (facts === undefined) throw new Error('the sample release has an artifact');
  const options = { file: facts.file, kind, digests: false, capabilities: false };
  const collector = createTreeCollector(options);
  for (const entry of entries) collector.add(entry);
  const artifact = { ...facts, package: '', version: '' };
  return { artifact, tree: collector.tree(), change: null, twins: [] };
}

const METADATA = 'aitbc_agent_sdk-1.2.3.dist-info/METADATA';
const SCRIPTS = 'aitbc_agent_sdk-1.2.3.dist-info/entry_points.txt';
const pip = { [SCRIPTS]: '[console_scripts]\npip3 = a:main\n', 'a.py': '' };

describe('a command of an everyday name, in a file of no release', () => {
  it('is that of the tool itself where the metadata names it', () => {
    const npm = npmFiles({ name: 'npm', bin: { npm: 'a.js', npx: 'a.js' } }, { 'a.js': '' });
    expect([...rule.check(loose('tarball', npm))]).toEqual([]);
    const wheel = wheelFiles({ ...pip, [METADATA]: 'Metadata-Version: 2.4\nName: pip\n' });
    expect([...rule.check(loose('wheel', wheel))]).toEqual([]);
  });

  it('is taken by every other package', () => {
    const npm = npmFiles({ name: 'npm-tools', bin: { npm: 'a.js' } }, { 'a.js': '' });
    expect([...rule.check(loose('tarball', npm))]).toHaveLength(1);
    expect([...rule.check(loose('wheel', wheelFiles(pip)))]).toHaveLength(1);
  });
});
