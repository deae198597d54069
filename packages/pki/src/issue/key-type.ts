import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

/** Keys that Edict makes. SCEP needs RSA. */
export type KeyType = 'rsa-2048' | 'rsa-3072' | 'rsa-4096' | 'p-256' | 'p-384'

const generate = promisify(generateKeyPair)

/** Makes a private key. RSA takes a tenth of a second or more, off the main thread. */
export async function newPrivateKey(type: KeyType): Promise<KeyObject> {
  const pair = type.startsWith('p-')
    ? await generate('ec', { namedCurve: type === 'p-256' ? 'P-256' : 'P-384' })
    : await generate('rsa', { modulusLength: Number(type.slice('rsa-'.length)) })
  return pair.privateKey
}
