import { createPrivateKey, createPublicKey } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import {
  createAuthority,
  decodePem,
  encodePem,
  issueDeviceCertificate,
  type KeyPair,
  newPrivateKey,
  readCertificate,
} from '@edict/pki'
import { OptionError } from '../option.ts'

/** Days. */
const authorityLasts = 3650
const deviceLasts = 365

/**
 * What simulated devices sign their MachineInfo with, in place of the key that Apple gives to real ones: one for all of a fleet, by an
 * authority whose certificate is in `file`, for a server that is started with `--machine-info-ca`. The authority's key is in
 * `file.key`. Where there is no such file, both are made.
 *
 * @param now milliseconds since 1970
 * @throws OptionError when the files cannot be used
 */
export async function labIdentity(file: string, now: number): Promise<KeyPair> {
  const authority = (await readLab(file)) ?? (await makeLab(file, now))
  const privateKey = await newPrivateKey('p-256')
  const publicKey = createPublicKey(privateKey)
  const key = { publicKey, publicKeyInfo: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })) }
  const subject = [{ type: 'CN', value: 'Simulated device' }] as const
  return { certificate: await issueDeviceCertificate(authority, key, { subject, now, days: deviceLasts }), privateKey }
}

async function readLab(file: string): Promise<KeyPair | null> {
  const certificate = await textOf(file)
  if (certificate === null) return null
  const key = await textOf(keyOf(file))
  if (key === null) throw unusable(file, `its key ${keyOf(file)} is not there`)
  try {
    const [der] = decodePem(certificate, 'CERTIFICATE')
    const pair = der && { certificate: readCertificate(der), privateKey: createPrivateKey(key) }
    if (pair?.certificate.x509.checkPrivateKey(pair.privateKey)) return pair
  } catch (error) {
    throw unusable(file, (error as Error).message)
  }
  throw unusable(file, `${keyOf(file)} is the key of another one`)
}

async function makeLab(file: string, now: number): Promise<KeyPair> {
  const name = [{ type: 'CN', value: 'Simulated Device CA' }] as const
  const made = await createAuthority({ name, key: 'p-256', now, days: authorityLasts })
  const key = made.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  await write(keyOf(file), key, 0o600)
  await write(file, encodePem(made.certificate.der, 'CERTIFICATE'), 0o644)
  return made
}

async function write(path: string, text: string, mode: number): Promise<void> {
  try {
    const handle = await open(path, 'wx', mode)
    await handle.writeFile(text).finally(() => handle.close())
  } catch (error) {
    throw unusable(path, (error as NodeJS.ErrnoException).code ?? String(error))
  }
}

async function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw unusable(path, error.code ?? String(error))
  })
}

function keyOf(file: string): string {
  return `${file}.key`
}

function unusable(path: string, why: string): OptionError {
  return new OptionError(`Cannot use ${path} for machineInfoCa: ${why}`)
}
