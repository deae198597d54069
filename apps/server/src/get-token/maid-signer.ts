import { createPrivateKey, type KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import { type Config, ConfigError } from '../config.ts'
import { readPrivateFile } from '../trust/master-key.ts'

export const MAID = 'com.apple.maid'

/** What a token is made of, beside the key. */
export interface MaidClaims {
  /** Milliseconds since the epoch. */
  readonly now: number
  /** A UUID that no other token has. */
  readonly id: string
}

/** Says that a device's server is the organization's, to Apple, when a Managed Apple Account signs in on it. */
export interface MaidSigner {
  /** A JSON Web Token. */
  sign(claims: MaidClaims): Promise<string>
}

type Settings = Pick<Config, 'adeToken'>

/**
 * Opens the key of the automated enrollment server token. Its certificate is the one registered with Apple, which verifies by it.
 *
 * @throws ConfigError when the file cannot be read, others may read it, or it holds no RSA key
 * @see apple:mdm/checkin/gettoken.yaml "Support access management for Managed Apple Accounts", RFC 7518 section 3.3
 */
export async function openMaidSigner({ adeToken }: Settings): Promise<MaidSigner | null> {
  if (adeToken === null) return null
  const key = await readRsaKey(adeToken.keyFile)
  return {
    sign: ({ now, id }) =>
      new SignJWT({ service_type: MAID })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
        .setIssuer(adeToken.serverUuid)
        .setIssuedAt(Math.floor(now / 1000))
        .setJti(id)
        .sign(key),
  }
}

const OPTION = '--ade-token-key'

async function readRsaKey(file: string): Promise<KeyObject> {
  const pem = await readPrivateFile(file, OPTION)
  if (pem === null) throw new ConfigError(`Cannot read ${OPTION} ${file}: there is no such file`)
  const key = keyIn(pem)
  const bits = key?.asymmetricKeyDetails?.modulusLength ?? 0
  if (key?.asymmetricKeyType === 'rsa' && bits >= 2048) return key
  const found = key === null ? 'no private key in PEM' : `a key of type ${key.asymmetricKeyType} with ${bits} bits`
  throw new ConfigError(`Cannot use ${OPTION} ${file}: it holds ${found}; expected an RSA key of 2048 bits or more`)
}

function keyIn(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem)
  } catch {
    return null
  }
}
