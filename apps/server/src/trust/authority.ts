import type { KeyObject } from 'node:crypto'
import {
  createAuthority,
  type KeyPair,
  newPrivateKey,
  readCertificate,
  sealPrivateKey,
  unsealPrivateKey,
} from '@edict/pki'
import type { StoredAuthority, Transaction } from '@edict/store'
import type { Services } from '../services.ts'
import { keyFor, type MasterKeys } from './master-keys.ts'
import type { RotatedBy } from './trust.ts'

/** Ten years: longer than devices are in use, and a rotation needs no device to be touched. */
const authorityDays = 3650

export type NewKey = () => Promise<KeyObject>

/** RSA, because SCEP encrypts to the authority. It signs for ten years. */
export const newAuthorityKey: NewKey = () => newPrivateKey('rsa-3072')

/** An authority that issues, with its key open. */
export interface OpenAuthority extends KeyPair {
  readonly id: string
}

type Uses = Pick<Services, 'store' | 'now' | 'newId'>

/** Makes the first authority, unless there is one. Of nodes that start together one makes it. */
export async function ensureAuthority(services: Uses, keys: MasterKeys, newKey: NewKey): Promise<void> {
  const { store, now } = services
  if ((await issuing(store.read.authorities(now()))) !== undefined) return
  const key = await newKey()
  await store.transaction(async (tx) => {
    await tx.lockRevision('update')
    if ((await issuing(tx.authorities(now()))) === undefined) await add(tx, services, keys, key)
  })
}

/** Retires the authority that issues, and makes another: audited. */
export async function rotateAuthority(services: Uses, keys: MasterKeys, newKey: NewKey, by: RotatedBy): Promise<void> {
  const key = await newKey()
  await services.store.transaction(async (tx) => {
    await tx.lockRevision('update')
    const at = services.now()
    const old = await issuing(tx.authorities(at))
    if (old !== undefined) await tx.retireAuthority(old.id, at)
    await add(tx, services, keys, key)
    await tx.addAudit({ ...by, at, revision: 0 })
  })
}

/** The one that issues. */
export async function issuing(authorities: Promise<readonly StoredAuthority[]>): Promise<StoredAuthority | undefined> {
  return (await authorities).find(({ retiredAt }) => retiredAt === null)
}

/** @throws PkiError `master-key-wrong`, `sealed-damaged` */
export function openAuthority({ id, certificate, sealedKey }: StoredAuthority, keys: MasterKeys): OpenAuthority {
  return {
    id,
    certificate: readCertificate(certificate),
    privateKey: unsealPrivateKey(sealedKey, keyFor(sealedKey, keys), authorityLabel(id)),
  }
}

async function add(tx: Transaction, { now, newId }: Uses, keys: MasterKeys, key: KeyObject): Promise<void> {
  const id = newId()
  const at = now()
  // Two authorities of one server would look alike in a list of certificates without the year and a part of the id.
  const name = `Edict device authority ${new Date(at).getUTCFullYear()} ${id.slice(0, 8)}`
  const { certificate, privateKey } = await createAuthority({
    name: [{ type: 'CN', value: name }],
    key,
    now: at,
    days: authorityDays,
  })
  await tx.addAuthority({
    id,
    role: 'device-identity',
    certificate: certificate.der,
    sealedKey: sealPrivateKey(privateKey, keys.present, authorityLabel(id)),
    madeAt: at,
    retiredAt: null,
  })
}

/** Under which the key of an authority is sealed. */
export function authorityLabel(id: string): string {
  return `authority key ${id}`
}
