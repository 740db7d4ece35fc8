import type { ArtifactProblem, ArtifactRule, ArtifactView } from '../rule.ts';
import { npmChange, npmFirst } from '../samples/sample-artifact.ts';

const MAP = '{"version":3,"sources":["a.ts"],"sourcesContent":["const secret = 1;"]}';
const BARE = '{"version":3,"sources":["a.ts"],"mappings":""}';

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'source-map-sources',
  version: 1,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  about: 'Source maps that hold the sources themselves (`sourcesContent`)',
  attack:
    'A build setting packs the whole source beside the bundle: about 1,900 files of Claude Code 2.1.88 could be read from one map of 59.8 MB (A01); published once, it cannot be taken back',
  mend: 'Leave maps out of the package, or build them without sourcesContent; where the sources are public anyway acknowledge it once',
  *check(view) {
    const place = view.tree.capabilities.get('embedded-sources');
    if (place === undefined) return;
    const path = view.tree.byPlace.get(place)?.path;
    const judged = judge(view);
    if (judged !== null) yield { ...judged, ...(path === undefined ? {} : { path }) };
  },
  examples: {
    bad: [
      {
        about: 'a map of a package whose sources are not public',
        make: () => npmFirst({ license: 'UNLICENSED' }, { 'a.js.map': MAP }),
      },
      {
        about: 'a map with sources where there was none before',
        make: () => npmChange([{}, { 'a.js.map': BARE }], [{}, { 'a.js.map': MAP }]),
      },
    ],
    fine: [
      { about: 'a map without sources', make: () => npmFirst({}, { 'a.js.map': BARE }) },
      {
        about: 'sources in maps as before',
        make: () => npmChange([{}, { 'a.js.map': MAP }], [{}, { 'a.js.map': MAP }]),
      },
    ],
  },
};

/** Sources under an open licence are public anyway: news only where it is a change. */
function judge({ tree, change }: ArtifactView): Pick<ArtifactProblem, 'message' | 'effect'> | null {
  const licence = tree.facts.get('license') ?? '';
  const isClosed = tree.layout === 'npm' && /^(?:UNLICENSED|SEE LICEN[CS]E)/i.test(licence);
  const isNew = change?.difference.capabilities.some((one) => one.id === 'embedded-sources');
  if (isClosed && isNew !== false) {
    const message =
      'a source map holds the sources of a package that is under no open licence: everyone can read them';
    return { message, effect: 'reject' };
  }
  if (isNew === true) {
    return { message: 'a source map holds the sources themselves, for the first time' };
  }
  if (isNew === false) return null;
  return { message: 'a source map holds the sources themselves', effect: 'note' };
}
