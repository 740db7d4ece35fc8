// What is different from the version before, from summaries that the inspection report names by
// their digests.

function seriesOf({ file, version }) {
  return file.replace(version, '');
}

function baselineOf(artifact, baselines) {
  const own = baselines
    .filter((one) => ['ecosystem', 'package', 'kind'].every((key) => one[key] === artifact[key]))
    .sort((left, right) => (left.file < right.file ? -1 : 1));
  return own.find((one) => seriesOf(one) === seriesOf(artifact)) ?? own[0] ?? null;
}

function changesOf(before, after) {
  const old = new Map(before.files.map((one) => [one.place, one]));
  const fresh = new Map(after.files.map((one) => [one.place, one]));
  const known = new Set(before.capabilities.map((one) => one.id));
  const oldFacts = new Map(before.facts.map((one) => [one.name, one.value]));
  const freshFacts = new Map(after.facts.map((one) => [one.name, one.value]));
  const names = [...new Set([...oldFacts.keys(), ...freshFacts.keys()])].sort();
  return [
    ...after.files
      .filter((one) => !old.has(one.place))
      .map((one) => `+ ${one.place} (${one.sizeBytes} bytes)`),
    ...before.files.filter((one) => !fresh.has(one.place)).map((one) => `- ${one.place}`),
    ...after.files
      .filter((one) => {
        const other = old.get(one.place);
        return other !== undefined && (other.sha256 !== one.sha256 || other.mode !== one.mode);
      })
      .map((one) => `~ ${one.place} (${old.get(one.place).sizeBytes} -> ${one.sizeBytes} bytes)`),
    ...(before.rest?.sha256 === after.rest?.sha256
      ? []
      : ['~ files beyond the bound of a summary']),
    ...names
      .filter((name) => oldFacts.get(name) !== freshFacts.get(name))
      .map(
        (name) =>
          `  ${name}: ${oldFacts.get(name) ?? 'nothing'} -> ${freshFacts.get(name) ?? 'nothing'}`,
      ),
    ...after.capabilities
      .filter((one) => !known.has(one.id))
      .map((one) => `! can now: ${one.id} (${one.place})`),
  ];
}

// { title, lines } of one artifact; `summaries` by their digest.
export function differenceOf(artifact, report, summaries) {
  const base = baselineOf(artifact, report.inputs.baselines);
  const after = summaries.get(report.summaries.find((one) => one.file === artifact.file)?.summary);
  const before = summaries.get(base?.summary);
  if (base === null || before === undefined || after === undefined) {
    return { title: `${artifact.file}: no version before was approved here`, lines: [] };
  }
  const lines = changesOf(before, after);
  return {
    title: `${artifact.file} since ${base.version}`,
    lines: lines.length === 0 ? ['the same files, metadata and capabilities'] : lines,
  };
}
