/** Inputs of an audit, for tests. */
import type { AuditInputs } from '../src/posture/repository.ts';
import type { Example } from '../src/posture/rule.ts';

/** What an example says, as an audit takes it. */
export function inputsOf(example: Example): AuditInputs {
  return {
    files: Object.entries(example.files).map(([path, text]) => ({
      path,
      text,
      mode: example.modes?.[path] ?? '100644',
      hasShebang: text.startsWith('#!'),
    })),
    unread: [],
    gateway: example.gateway ?? null,
    settings: example.settings ?? null,
    settingsMissing: example.settings === undefined ? 'nobody looked' : '',
    ...(example.team !== undefined && { team: example.team }),
    pins: example.pins ?? { resolve: () => null },
  };
}
