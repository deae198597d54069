import { appleDeviceAuthorities, type Certificate, hashChallenge, PkiError } from '@edict/pki'
import type { StoredAuthority } from '@edict/store'
import { type Config, ConfigError } from '../config.ts'
import type { Services } from '../services.ts'
import {
  ensureAuthority,
  type NewKey,
  newAuthorityKey,
  type OpenAuthority,
  openAuthority,
  rotateAuthority,
} from './authority.ts'
import { type Issuer, issue } from './issue.ts'
import { type FoundMasterKeys, readPrivateFile, remedy } from './master-key.ts'
import { readDeviceCa } from './read-device-ca.ts'
import type { Trust } from './trust.ts'

type Settings = Pick<Config, 'deviceCa' | 'machineInfoCa' | 'scepChallengeFile'>
type Uses = Pick<Services, 'store' | 'now' | 'newId' | 'readCertificate'>

/**
 * Opens what this server signs with, and makes it at first start.
 *
 * @throws ConfigError when a file cannot be used, or the master key does not open what the database holds
 */
export async function openTrust(
  config: Settings,
  master: FoundMasterKeys,
  services: Uses,
  newKey: NewKey = newAuthorityKey,
): Promise<Trust> {
  const { store, now, readCertificate } = services
  const external = config.deviceCa === null ? [] : await readDeviceCa(config.deviceCa)
  const { machineInfoCa } = config
  const simulated = machineInfoCa === null ? [] : await readDeviceCa(machineInfoCa, '--machine-info-ca')
  const staticChallenge = await readStaticChallenge(config.scepChallengeFile)
  await ensureAuthority(services, master.keys, newKey)

  const opened = new Map<string, OpenAuthority>()
  const open = (authorities: readonly StoredAuthority[]): OpenAuthority => {
    const stored = authorities.find(({ retiredAt }) => retiredAt === null)
    if (stored === undefined) throw new Error('Cannot issue: there is no authority')
    const authority = opened.get(stored.id) ?? openAuthority(stored, master.keys)
    opened.set(stored.id, authority)
    return authority
  }
  const issuer: Issuer = { open, readCertificate, staticChallenge }
  await mustOpen(async () => open(await store.read.authorities(now())), master)

  let trusted: readonly Certificate[] = external
  const same = (wanted: readonly Certificate[]) =>
    wanted.length === trusted.length && wanted.every((one, index) => one === trusted[index])
  return {
    anchors: async () => {
      const own = (await store.read.authorities(now())).map(({ certificate }) => readCertificate(certificate))
      const wanted = [...own, ...external]
      if (!same(wanted)) trusted = wanted
      return trusted
    },
    external,
    deviceAuthorities: [...appleDeviceAuthorities, ...simulated.map(({ publicKey }) => publicKey)],
    authority: async () => open(await store.read.authorities(now())),
    issue: (asked) => issue(asked, services, issuer),
    rotate: (by) => rotateAuthority(services, master.keys, newKey, by),
  }
}

/** A key file that was made just now and does not fit (another node was first) is of no use and would mislead. */
async function mustOpen(open: () => Promise<unknown>, { place, unmake }: FoundMasterKeys): Promise<void> {
  try {
    await open()
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    await unmake?.()
    throw new ConfigError(`${error.message} (${place} does not fit this database); ${remedy('master.key in --data')}`)
  }
}

const shortest = 16

async function readStaticChallenge(file: string | null): Promise<string | null> {
  if (file === null) return null
  const challenge = (await readPrivateFile(file, '--scep-challenge-file'))?.trim()
  if (challenge === undefined) throw new ConfigError(`Cannot read --scep-challenge-file ${file}: there is no such file`)
  if (challenge.length >= shortest) return hashChallenge(challenge)
  throw new ConfigError(
    `Cannot use --scep-challenge-file ${file}: it holds ${challenge.length} characters; expected ${shortest} or more that nobody guesses`,
  )
}
