import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export const CLIENT_ID = 'edict'
export const CLIENT_SECRET = 'a-secret-of-the-client'

/** Somebody whom the provider knows, and what it says of them. */
export interface Known {
  readonly email: string
  readonly email_verified: boolean
  readonly preferred_username?: string
}

export interface OpenIdProvider {
  readonly issuer: string
  /** Takes a client, which is sent back to this URL. */
  admit(redirectUri: string): void
  close(): Promise<void>
}

/** An OpenID provider of somebody else, in this process. Its login page asks for a name and believes it. */
export async function openIdProvider(people: Readonly<Record<string, Known>>): Promise<OpenIdProvider> {
  const server: Server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const providerFor = (redirectUri: string) =>
    new Provider(issuer, {
      clients: [
        { client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: [redirectUri], response_types: ['code'] },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username'] },
      pkce: { required: () => true },
      cookies: { keys: ['of the tests'] },
      features: { devInteractions: { enabled: true } },
      findAccount: (_context, sub) => {
        const known = people[sub]
        return known === undefined ? undefined : { accountId: sub, claims: () => ({ sub, ...known }) }
      },
    })
  return {
    issuer,
    admit: (redirectUri) => {
      server.on('request', providerFor(redirectUri).callback())
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
