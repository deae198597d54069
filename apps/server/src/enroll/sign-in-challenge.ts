import type { AccountMode } from '@edict/core'

/**
 * `WWW-Authenticate` of every 401 that a device gets: somebody has to sign in at that page. `apple-oauth2`, the other method, is
 * not offered.
 *
 * @param url public base URL
 */
export function signInChallenge(url: string, mode: AccountMode): string {
  return `Bearer method="apple-as-web", url="${url}/sign-in/account/${mode}"`
}
