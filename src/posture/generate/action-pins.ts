/** The actions that generated workflows use, each by its full commit. */
import { CountersignError } from '../../core/errors.ts';

/** One action: `uses: NAME@COMMIT # TAG`. */
export interface ActionPin {
  readonly commit: string;
  /** The release that the commit is. */
  readonly tag: string;
}

export type ActionPins = Readonly<Record<PinnedAction, ActionPin>>;

export type PinnedAction = (typeof PINNED_ACTIONS)[number];

const PINNED_ACTIONS = [
  'actions/checkout',
  'actions/download-artifact',
  'actions/setup-node',
  'actions/setup-python',
  'actions/upload-artifact',
] as const;

/**
 * As of 2026-11-30, each seen with this commit and this tag in at least five repositories that have
 * nothing to do with each other. Checkout 7 is the first that refuses a fork's code under
 * `pull_request_target`.
 */
export const ACTION_PINS: ActionPins = {
  'actions/checkout': { commit: '3d3c42e5aac5ba805825da76410c181273ba90b1', tag: 'v7.0.1' },
  'actions/download-artifact': {
    commit: '9000827ccba6bdab643e8b6fd33ac0654aef8333',
    tag: 'v8.0.2',
  },
  'actions/setup-node': { commit: '820762786026740c76f36085b0efc47a31fe5020', tag: 'v7.0.0' },
  'actions/setup-python': { commit: '5fda3b95a4ea91299a34e894583c3862153e4b97', tag: 'v7.0.0' },
  'actions/upload-artifact': { commit: 'cf430e030ddbb5b0abf93d22962f4752f3646cd9', tag: 'v7.0.2' },
};

const PIN_LINE = /^(?:-?\s*uses:\s*)?([a-z-]+\/[a-z-]+)@([0-9a-f]{40})\s+#\s*(v\d+\.\d+\.\d+)$/;

/**
 * Pins of a text with one `actions/checkout@COMMIT # v7.0.1` a line, as workflows have them; what it
 * does not name stays as in the table. Throws `usage` for any other line.
 */
export function parseActionPins(text: string): ActionPins {
  const pins: Record<PinnedAction, ActionPin> = { ...ACTION_PINS };
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    const [, name = '', commit = '', tag = ''] = PIN_LINE.exec(line.trim()) ?? [];
    const action = PINNED_ACTIONS.find((one) => one === name);
    if (action === undefined) {
      throw new CountersignError(
        'usage',
        `expected a pin such as actions/checkout@COMMIT # v7.0.1 in line ${at + 1}, found ${JSON.stringify(line.slice(0, 100))}`,
        { hint: `commits have 40 digits; pinned are ${PINNED_ACTIONS.join(', ')}` },
      );
    }
    pins[action] = { commit, tag };
  }
  return pins;
}
