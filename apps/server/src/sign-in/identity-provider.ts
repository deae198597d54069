import * as oidc from 'openid-client'
import { isLoopback } from '../config.ts'
import { accountName, isManagedAppleAccount } from './account-name.ts'
import type { SignedIn } from './purpose.ts'

/** How people sign in at an OpenID provider. */
export interface OidcSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | null
  /** The claim that has the Managed Apple Account. */
  readonly claim: string
}

/** What ties an answer of the provider to the question. */
export interface OidcExpected {
  readonly state: string
  readonly nonce: string
  /** Of PKCE. */
  readonly verifier: string
}

export type Asserted =
  | { readonly kind: 'account'; readonly who: SignedIn }
  | {
      readonly kind: 'refused'
      readonly reason: 'provider-failed' | 'account-unsuitable'
      /** For the log: no more than a message, for what the provider sent may have a code in it. */
      readonly cause: string
    }

/** An OpenID provider by which people sign in instead of by a password here. */
export interface IdentityProvider {
  /** Where to send the browser. */
  authorizationUrl(redirectUri: string, identifier: string, expected: OidcExpected): Promise<URL>
  /** Whom the provider says it was, by the URL that the browser came back to. */
  account(callback: URL, expected: OidcExpected): Promise<Asserted>
}

/** Values that nobody can guess, for one sign-in. */
export function newOidcExpected(state: string): OidcExpected {
  return { state, nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() }
}

/** What the provider may take to answer, in seconds. */
const PATIENCE = 10

/**
 * Speaks to a provider by OpenID Connect: authorization code, PKCE, state and nonce. What the provider says of itself is asked for
 * when it is needed, and kept once it was told.
 *
 * @see RFC 6749, RFC 7636, OpenID Connect Core 1.0
 */
export function identityProvider({ issuer, clientId, clientSecret, claim }: OidcSettings): IdentityProvider {
  let known: Promise<oidc.Configuration> | null = null
  const configuration = (): Promise<oidc.Configuration> => {
    known ??= discovered().catch((error: unknown) => {
      known = null
      throw error
    })
    return known
  }
  const discovered = (): Promise<oidc.Configuration> => {
    const url = new URL(issuer)
    const authentication = clientSecret === null ? oidc.None() : bySecret(clientSecret)
    // Config has made sure that only a provider on this machine is spoken to without TLS.
    const execute = isLoopback(url.hostname.replace(/^\[|\]$/g, '')) ? [oidc.allowInsecureRequests] : []
    return oidc.discovery(url, clientId, {}, authentication, { execute, timeout: PATIENCE })
  }
  const scope = claim === 'email' ? 'openid email' : 'openid email profile'
  return {
    authorizationUrl: async (redirectUri, identifier, { state, nonce, verifier }) =>
      oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(identifier === '' ? {} : { login_hint: identifier }),
      }),
    account: async (callback, { state, nonce, verifier }) => {
      try {
        const config = await configuration()
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
        const tokens = await oidc.authorizationCodeGrant(config, callback, checks)
        const idToken = tokens.claims()
        if (idToken === undefined) throw new Error('there is no ID token')
        const claims =
          idToken[claim] === undefined
            ? await oidc.fetchUserInfo(config, tokens.access_token, idToken.sub)
            : { ...idToken }
        return assertedBy(claims, claim)
      } catch (cause) {
        return { kind: 'refused', reason: 'provider-failed', cause: cause instanceof Error ? cause.message : 'unknown' }
      }
    },
  }
}

/** The way that the provider takes; one that does not say takes it in the header (OpenID Connect Discovery 1.0 §3). */
function bySecret(secret: string): oidc.ClientAuth {
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)]
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported
    const takesBasic = methods === undefined || methods.includes('client_secret_basic')
    return takesBasic ? basic(server, ...rest) : post(server, ...rest)
  }
}

/** An address that the provider has not confirmed could be anybody's. */
function assertedBy(claims: Readonly<Record<string, unknown>>, claim: string): Asserted {
  const value = claims[claim]
  const unsuitable = (cause: string): Asserted => ({ kind: 'refused', reason: 'account-unsuitable', cause })
  if (typeof value !== 'string' || !isManagedAppleAccount(value)) return unsuitable(`${claim} is no account`)
  if (claim === 'email' && claims.email_verified !== true) return unsuitable('email is not verified')
  return { kind: 'account', who: { name: accountName(value), managedAppleAccount: value } }
}
