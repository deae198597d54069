import { type Config, ConfigError } from '../config.ts'
import { readPrivateFile } from '../trust/master-key.ts'
import { identityProvider } from './identity-provider.ts'
import type { SignInSettings } from './sign-in-settings.ts'

/**
 * Makes ready what people sign in by. The provider is not asked for anything yet: it may be away when this server starts.
 *
 * @throws ConfigError when the file of the secret cannot be used
 */
export async function openSignIn({
  accountDriven,
  oidc,
}: Pick<Config, 'accountDriven' | 'oidc'>): Promise<SignInSettings> {
  if (oidc === null) return { modes: accountDriven, provider: null }
  const { issuer, clientId, secret, secretFile, claim } = oidc
  const clientSecret = secret ?? (secretFile === null ? null : await secretIn(secretFile))
  return { modes: accountDriven, provider: identityProvider({ issuer, clientId, clientSecret, claim }) }
}

async function secretIn(file: string): Promise<string> {
  const secret = (await readPrivateFile(file, '--oidc-client-secret'))?.trim()
  if (secret !== undefined && secret !== '') return secret
  const found = secret === undefined ? 'there is no such file' : 'it is empty'
  throw new ConfigError(`Cannot read --oidc-client-secret ${file}: ${found}`)
}
