/** Secrets that only their name or place gives away. A rule that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { rule as appPassword } from './generic/app-password.ts';
import { rule as authorizationHeader } from './generic/authorization-header.ts';
import { rule as basicAuthorization } from './generic/basic-authorization.ts';
import { rule as callCredentials } from './generic/call-credentials.ts';
import { rule as callKey } from './generic/call-key.ts';
import { rule as clientCredentials } from './generic/client-credentials.ts';
import { rule as commandPassword } from './generic/command-password.ts';
import { rule as curlCredentials } from './generic/curl-credentials.ts';
import { rule as databaseUserPassword } from './generic/database-user-password.ts';
import { rule as directivePassword } from './generic/directive-password.ts';
import { rule as erlangSecret } from './generic/erlang-secret.ts';
import { rule as filezillaPassword } from './generic/filezilla-password.ts';
import { rule as genericAccessKey } from './generic/generic-access-key.ts';
import { rule as genericApiKey } from './generic/generic-api-key.ts';
import { rule as genericCredential } from './generic/generic-credential.ts';
import { rule as genericEncryptionKey } from './generic/generic-encryption-key.ts';
import { rule as genericKey } from './generic/generic-key.ts';
import { rule as genericPassword } from './generic/generic-password.ts';
import { rule as genericSecret } from './generic/generic-secret.ts';
import { rule as genericToken } from './generic/generic-token.ts';
import { rule as namedMember } from './generic/named-member.ts';
import { rule as netrcText } from './generic/netrc-text.ts';
import { rule as ownedSecret } from './generic/owned-secret.ts';
import { rule as proseSecret } from './generic/prose-secret.ts';
import { rule as quotedPartsToken } from './generic/quoted-parts-token.ts';
import { rule as quotedToken } from './generic/quoted-token.ts';
import { rule as returnedSecret } from './generic/returned-secret.ts';
import { rule as secretMap } from './generic/secret-map.ts';
import { rule as strongPassword } from './generic/strong-password.ts';
import { rule as tableSecret } from './generic/table-secret.ts';
import { rule as urlKey } from './generic/url-key.ts';
import { rule as urlWithPassword } from './generic/url-with-password.ts';
import { rule as valueFirst } from './generic/value-first.ts';
import { rule as wifiPassword } from './generic/wifi-password.ts';

/** In order of id. */
export const GENERIC: readonly SecretRule[] = [
  appPassword,
  authorizationHeader,
  basicAuthorization,
  callCredentials,
  callKey,
  clientCredentials,
  commandPassword,
  curlCredentials,
  databaseUserPassword,
  directivePassword,
  erlangSecret,
  filezillaPassword,
  genericAccessKey,
  genericApiKey,
  genericCredential,
  genericEncryptionKey,
  genericKey,
  genericPassword,
  genericSecret,
  genericToken,
  namedMember,
  netrcText,
  ownedSecret,
  proseSecret,
  quotedPartsToken,
  quotedToken,
  returnedSecret,
  secretMap,
  strongPassword,
  tableSecret,
  urlKey,
  urlWithPassword,
  valueFirst,
  wifiPassword,
];
