import { encodePlist } from '@edict/protocol'
import type { Written } from './declarations.ts'
import { handIn } from './hand-in.ts'

const PROFILE = 'application/x-apple-aspen-config'

/** A profile for a Wi-Fi network, as an administrator has it in a file. */
export function wifiProfile(ssid: string): Uint8Array {
  return encodePlist({
    PayloadType: 'Configuration',
    PayloadIdentifier: 'org.example.wifi',
    PayloadUUID: ssid,
    PayloadVersion: 1,
    PayloadContent: [{ PayloadType: 'com.apple.wifi.managed', PayloadUUID: 'W', SSID_STR: ssid }],
  })
}

/** Hands in a profile under a name; gives the URL that devices get it at. */
export async function handInProfile(url: string, name: string, profile: Uint8Array): Promise<string> {
  const { status, answer } = await handIn(url, name, PROFILE, profile)
  if (status !== 200 || answer.content.url === null)
    throw new Error(`Cannot hand in ${name}: ${JSON.stringify(answer)}`)
  return answer.content.url
}

/** A declaration of the profile that is handed in under a name. */
export function hostedProfile($content: string): Written {
  return { Type: 'com.apple.configuration.legacy', Payload: { ProfileURL: { $content } } }
}
