import type { Secret } from '../host/secret.ts';
import type { ForgeSettings } from '../posture/settings.ts';
import type { SettingsDeps } from './settings-call.ts';

/** `baseUrl`: of the API, as CI sets it: GITHUB_API_URL, CI_API_V4_URL. `token` null: none. */
export interface ForgeOptions extends SettingsDeps {
  readonly baseUrl: string;
  readonly token: Secret | null;
}

/**
 * `observe` throws `malformed-name` for what is no repository's name, and `unauthenticated` for a
 * token that is not taken. Whatever else goes wrong is `unverified`.
 */
export interface ForgeObserver {
  observe(repository: string): Promise<ForgeSettings>;
}
