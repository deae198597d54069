import { PkiError, verifySignedData } from '@edict/pki'
import { decodePlist, isPlistDict, PlistError } from '@edict/protocol'
import { ConfigError } from '../config.ts'
import { readPrivateBytes } from '../trust/master-key.ts'

const OPTION = '--wifi-profile'

/**
 * Reads the profile by which an erased device joins a Wi-Fi network. It holds the network's password: it is kept in memory only,
 * and handed to devices.
 *
 * @throws ConfigError when the file cannot be read, others may read it, or it is no such profile
 */
export async function readWiFiProfile(file: string | null): Promise<Uint8Array | null> {
  if (file === null) return null
  const profile = await readPrivateBytes(file, OPTION)
  if (profile === null) throw new ConfigError(`Cannot read ${OPTION} ${file}: there is no such file`)
  if (hasWiFi(profile)) return profile
  throw new ConfigError(`Cannot use ${OPTION} ${file}: expected a profile with a payload of com.apple.wifi.managed`)
}

function hasWiFi(profile: Uint8Array): boolean {
  try {
    const plist = decodePlist(profile[0] === 0x30 ? verifySignedData(profile).content : profile)
    const payloads = isPlistDict(plist) && Array.isArray(plist.PayloadContent) ? plist.PayloadContent : []
    return payloads.some((payload) => isPlistDict(payload) && payload.PayloadType === 'com.apple.wifi.managed')
  } catch (error) {
    if (error instanceof PkiError || error instanceof PlistError) return false
    throw error
  }
}
