/** Holds a SARIF document against the part of the OASIS schema 2.1.0 that we write. */

type Check = (value: unknown, path: string, problems: string[]) => void;

const text: Check = (value, path, problems) => {
  if (typeof value !== 'string') problems.push(`${path}: no string`);
};

const truth: Check = (value, path, problems) => {
  if (typeof value !== 'boolean') problems.push(`${path}: no boolean`);
};

const uri: Check = (value, path, problems) => {
  if (typeof value === 'string' && /^(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})+$/.test(value))
    return;
  problems.push(`${path}: no URI reference of RFC 3986`);
};

function whole(min: number): Check {
  return (value, path, problems) => {
    if (!Number.isInteger(value) || (value as number) < min) problems.push(`${path}: below ${min}`);
  };
}

function oneOf(...allowed: readonly string[]): Check {
  return (value, path, problems) => {
    if (!allowed.includes(value as string)) problems.push(`${path}: none of ${allowed.join(', ')}`);
  };
}

function listOf(element: Check): Check {
  return (value, path, problems) => {
    if (!Array.isArray(value)) problems.push(`${path}: no list`);
    else for (const [at, one] of value.entries()) element(one, `${path}[${at}]`, problems);
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A property bag, or free keys with `element`. */
function bag(element: Check = () => undefined): Check {
  return (value, path, problems) => {
    if (!isObject(value)) problems.push(`${path}: no object`);
    else for (const [key, one] of Object.entries(value)) element(one, `${path}.${key}`, problems);
  };
}

/** `additionalProperties: false`, as everywhere in the schema; a `!` at a key makes it required. */
function object(fields: Readonly<Record<string, Check>>): Check {
  const known = new Map(Object.entries(fields).map(([key, one]) => [key.replace('!', ''), one]));
  return (value, path, problems) => {
    if (!isObject(value)) {
      problems.push(`${path}: no object`);
      return;
    }
    for (const key of Object.keys(fields)) {
      if (key.endsWith('!') && value[key.slice(0, -1)] === undefined)
        problems.push(`${path}.${key.slice(0, -1)}: missing`);
    }
    for (const [key, one] of Object.entries(value)) {
      const check = known.get(key);
      if (check === undefined) problems.push(`${path}.${key}: no such property`);
      else check(one, `${path}.${key}`, problems);
    }
  };
}

const level = oneOf('none', 'note', 'warning', 'error');
const message = object({ 'text!': text });
const artifactLocation = object({ 'uri!': uri });
const region = object({ 'startLine!': whole(1), startColumn: whole(1) });
const location = object({
  physicalLocation: object({ 'artifactLocation!': artifactLocation, region }),
});
const rule = object({
  'id!': text,
  shortDescription: message,
  fullDescription: message,
  help: message,
  defaultConfiguration: object({ level }),
  properties: bag(),
});
const result = object({
  ruleId: text,
  ruleIndex: whole(-1),
  level,
  'message!': message,
  locations: listOf(location),
  partialFingerprints: bag(text),
  suppressions: listOf(
    object({
      'kind!': oneOf('inSource', 'external'),
      status: oneOf('accepted', 'underReview', 'rejected'),
      justification: text,
    }),
  ),
  properties: bag(),
});
const run = object({
  'tool!': object({
    'driver!': object({ 'name!': text, rules: listOf(rule), properties: bag() }),
  }),
  columnKind: oneOf('utf16CodeUnits', 'unicodeCodePoints'),
  invocations: listOf(
    object({
      'executionSuccessful!': truth,
      toolExecutionNotifications: listOf(
        object({ level, 'message!': message, locations: listOf(location) }),
      ),
    }),
  ),
  artifacts: listOf(object({ location: artifactLocation, length: whole(-1), hashes: bag(text) })),
  results: listOf(result),
  properties: bag(),
});
const log = object({ $schema: uri, 'version!': oneOf('2.1.0'), 'runs!': listOf(run) });

/** What does not fit, by path; [] for a document that does. Rule indexes must lead to their rule. */
export function checkSarif(document: unknown): readonly string[] {
  const value: unknown = JSON.parse(JSON.stringify(document));
  const problems: string[] = [];
  log(value, '$', problems);
  checkIndexes(value, problems);
  return problems;
}

function checkIndexes(value: unknown, problems: string[]): void {
  const runs = isObject(value) && Array.isArray(value['runs']) ? value['runs'] : [];
  for (const one of runs as readonly Readonly<Record<string, unknown>>[]) {
    const { driver } = (one['tool'] ?? {}) as { driver?: { rules?: readonly { id: string }[] } };
    for (const { ruleId, ruleIndex } of (one['results'] ?? []) as readonly {
      ruleId?: string;
      ruleIndex: number;
    }[]) {
      if (driver?.rules?.[ruleIndex]?.id !== ruleId || ruleId === undefined)
        problems.push(`no rule ${ruleIndex} of id ${ruleId}`);
    }
  }
}
