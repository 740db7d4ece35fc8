/** The passphrase of a new vault: from the environment, or typed twice. */
import { CountersignError } from '../core/errors.ts';
import {
  parseSecret,
  readSecretVariable,
  type Secret,
  VAULT_PASSPHRASE_VARIABLE,
} from '../host/secret.ts';
import type { CommandContext } from './command.ts';

/**
 * COUNTERSIGN_VAULT_PASSPHRASE, or what a person types unseen. Throws `usage` where there is neither
 * or the second time differs, `config-invalid` for one that the variable could not hold.
 */
export async function readNewPassphrase({ host, terminal }: CommandContext): Promise<Secret> {
  if ((host.env[VAULT_PASSPHRASE_VARIABLE] ?? '') !== '') {
    return readSecretVariable(host.env, VAULT_PASSPHRASE_VARIABLE);
  }
  if (!terminal.interactive) {
    throw new CountersignError(
      'usage',
      `expected a passphrase in ${VAULT_PASSPHRASE_VARIABLE}, found none`,
      { hint: 'set it, or run this on a terminal without --json and type it there' },
    );
  }
  const typed = await terminal.readSecret('passphrase for the vault, 12 characters or more:');
  const again = await terminal.readSecret('the same passphrase again:');
  if (typed !== again) {
    throw new CountersignError('usage', 'expected the same passphrase twice, found two', {
      hint: 'nothing was written; run the command again',
    });
  }
  // A control character (an arrow key, say) could never stand in the variable.
  return parseSecret(typed, 'the passphrase');
}
