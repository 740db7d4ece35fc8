/** A session for a person whose SSH key is at hand, as the command line opens one. */

import { createSshSigner } from '../../src/cli/ssh-sign.ts';
import { signStatement } from '../../src/cli/statement.ts';
import { createClient } from '../../src/client/client.ts';
import { encodeInstanceStatement } from '../../src/evidence/signed-statement.ts';

export async function openPersonSession(origin: string, keyFile: string): Promise<string> {
  const client = createClient({ origin });
  const { challenge, genesis } = await client.challenge();
  const payload = encodeInstanceStatement('session', genesis, {
    schema: 'countersign/session/v1',
    genesis,
    origin,
    challenge,
    issuedAt: new Date().toISOString(),
  });
  const signed = await signStatement(createSshSigner({ keyFile }), 'session', payload);
  return (await client.openSession(signed)).token;
}
