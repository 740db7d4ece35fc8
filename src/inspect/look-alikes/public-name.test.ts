import { describe, expect, it } from 'vitest';
import { isPublicName } from './public-name.ts';

describe('names that hold a word of secrets', () => {
  it.each([
    'publicKey',
    'PRIMARY_KEY',
    'cacheKey',
    'translation.key',
    'tokenType',
    'tokentype',
    'token_url',
    'TOKEN_PATH',
    'passwordHash',
    'password_file',
    'app.query.key',
    'cache.page_token',
    'messagePassword',
    'nextPageToken',
    'secretName',
    'searchApiKey',
    'apiKeyId',
    'csrf-token',
    'verifyKey',
    'secretKeySig',
    'x-token-header',
    'badgeToken',
    'CLEARKEY',
    'X-Shopify-Storefront-Access-Token',
    'FungibleToken',
    'publishableKey',
  ])('%s is one that everyone may see', (name) => {
    expect(isPublicName(name)).toBe(true);
  });

  it.each([
    'SECURITY_TOKEN',
    'account_key',
    'SONATYPE_PASSWORD',
    'PAGERDUTY_API_KEY',
    'GITHUB_ACTIONS_TOKEN',
    'TYPEFORM_TOKEN',
    'REACT_APP_API_KEY',
    'EVENTBRITE_TOKEN',
    'CACHE_PASSWORD',
    'privateKeyFilePwd',
    'private_key_file_password',
    'usernamePassword',
    'req.query.api_key',
    'app.cache.accessToken',
    'profileApiKey',
    'auth_header',
    'apiKeyAndroid',
    'HONEYBADGER_API_KEY',
  ])('%s is not, though it holds the letters of one', (name) => {
    expect(isPublicName(name)).toBe(false);
  });
});
