// What is different from the version before, from summaries that the inspection report names by
// their digests.

function seriesOf({ file, version }) {
  return file.replace(version, '');
}

// The file of another version that is the same file: of the same series, else of the same kind.
function counterpartOf(artifact, others) {
  const own = others
    .filter((one) => ['ecosystem', 'package', 'kind'].every((key) => one[key] === artifact[key]))
    .sort((left, right) => (left.file < right.file ? -1 : 1));
  return own.find((one) => seriesOf(one) === seriesOf(artifact)) ?? own[0] ?? null;
}

const RUNS = /^(?:scripts\.|gypfile$)/;

// What runs, what metadata says and what the code can do now: none of it is ever left out.
function factsOf(before, after) {
  const old = new Map(before.facts.map((one) => [one.name, one.value]));
  const fresh = new Map(after.facts.map((one) => [one.name, one.value]));
  const [known, now] = [before, after].map((one) => new Set(one.capabilities.map(({ id }) => id)));
  const changed = [...new Set([...old.keys(), ...fresh.keys()])]
    .sort()
    .filter((name) => old.get(name) !== fresh.get(name));
  const lineOf = (name) =>
    `  ${name}: ${old.get(name) ?? 'nothing'} -> ${fresh.get(name) ?? 'nothing'}`;
  return [
    ...changed.filter((name) => RUNS.test(name)).map(lineOf),
    ...after.capabilities
      .filter((one) => !known.has(one.id))
      .map((one) => `! can now: ${one.id} (${one.place})`),
    ...before.capabilities
      .filter((one) => !now.has(one.id))
      .map((one) => `  can no longer: ${one.id} (${one.place})`),
    ...usesOf(before, after),
    ...changed.filter((name) => !RUNS.test(name)).map(lineOf),
  ];
}

// Files of before that can do more now; nothing where nobody knows what each of them could.
function usesOf(before, after) {
  if (before.usingFiles === undefined) return [];
  const old = new Map(before.files.map((one) => [one.place, one.uses ?? []]));
  return after.files.flatMap(({ place, uses = [] }) => {
    const fresh = uses.filter((id) => old.get(place)?.includes(id) === false);
    return fresh.length === 0 ? [] : [`! can now, ${place}: ${fresh.join(', ')}`];
  });
}

function formOf({ form }) {
  return form === 'native' || form === 'wasm' ? `, ${form} code` : '';
}

function abilitiesOf({ uses = [] }) {
  const told = uses.filter((id) => id !== 'native-code');
  return told.length === 0 ? '' : `, can: ${told.join(', ')}`;
}

// Code for a processor first, then the largest.
function filesOf(before, after) {
  const old = new Map(before.files.map((one) => [one.place, one]));
  const fresh = new Set(after.files.map((one) => one.place));
  const rank = (one) => (formOf(one) === '' ? 1 : 0);
  const sorted = after.files.toSorted(
    (left, right) => rank(left) - rank(right) || right.sizeBytes - left.sizeBytes,
  );
  return [
    ...sorted
      .filter((one) => !old.has(one.place))
      .map((one) => `+ ${one.place} (${one.sizeBytes} bytes${formOf(one)}${abilitiesOf(one)})`),
    ...sorted
      .filter((one) => {
        const other = old.get(one.place);
        return other !== undefined && (other.sha256 !== one.sha256 || other.mode !== one.mode);
      })
      .map(
        (one) =>
          `~ ${one.place} (${old.get(one.place).sizeBytes} -> ${one.sizeBytes} bytes${formOf(one)})`,
      ),
    ...before.files.filter((one) => !fresh.has(one.place)).map((one) => `- ${one.place}`),
    ...(before.rest?.sha256 === after.rest?.sha256
      ? []
      : ['~ files beyond the bound of a summary']),
  ];
}

// { title, facts, files } of one artifact, in lines; `summaries` by their digest.
export function differenceOf(artifact, report, summaries) {
  const base = counterpartOf(artifact, report.inputs.baselines);
  const after = summaryOf(artifact, report, summaries);
  const before = summaries.get(base?.summary);
  if (base === null || before === undefined || after === undefined) {
    return { title: `${artifact.file}: no version before was approved here`, facts: [], files: [] };
  }
  return compare(`${artifact.file} since ${base.version}`, before, after);
}

// The same beside each file that upstream shows as newest and nobody approved; `artifacts` are all
// of the release, of which each such file has one.
export function upstreamDifferencesOf(artifact, artifacts, report, summaries) {
  const after = summaryOf(artifact, report, summaries);
  return (report.inputs.newest ?? []).flatMap(({ files, ...version }) =>
    files.flatMap((file) => {
      const before = summaries.get(file.summary);
      const isOurs = counterpartOf({ ...version, ...file }, artifacts) === artifact;
      if (!isOurs || before === undefined || after === undefined) return [];
      const what = `${version.version}, which upstream shows and NOBODY APPROVED here`;
      return [compare(`${artifact.file} beside ${what}`, before, after)];
    }),
  );
}

function summaryOf(artifact, report, summaries) {
  return summaries.get(report.summaries.find((one) => one.file === artifact.file)?.summary);
}

function compare(title, before, after) {
  const facts = factsOf(before, after);
  const files = filesOf(before, after);
  const isSame = facts.length + files.length === 0;
  return { title: `${title}${isSame ? ': the same files and metadata' : ''}`, facts, files };
}
