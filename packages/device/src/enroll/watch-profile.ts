import { DeviceError } from '../device-error.ts'
import type { Answer } from '../transport.ts'
import { enrollmentErrorIn, profileIn, refused } from './automated-profile.ts'
import type { Asking, ObtainedProfile } from './obtained-profile.ts'
import type { WatchWay } from './way.ts'

/**
 * How a Watch comes to its profile: asks where the declaration of its iPhone says, is told a security token, has the iPhone get a
 * pairing token for that from its own server, and asks again with it.
 *
 * @throws DeviceError `watch-unmanaged` where the iPhone has no such declaration, `pairing-refused`, `device-unexpected`,
 * `profile-refused`
 */
export async function watchProfile({ phone }: WatchWay, { line, machine }: Asking): Promise<ObtainedProfile> {
  const terms = phone.watchEnrollment()
  if (terms === null || machine.udid === null) {
    throw new DeviceError('watch-unmanaged', 'Cannot enroll: the iPhone of this Watch does not manage Watches', {
      expected: 'com.apple.configuration.watch.enrollment in force on the iPhone',
    })
  }
  const ask = async (token?: Uint8Array): Promise<Answer | null> => {
    const body = await machine.signed(token === undefined ? {} : { PAIRING_TOKEN: token })
    const post = { url: terms.url, type: 'application/pkcs7-signature', body }
    return line.post('enrollment profile', post, { authorities: terms.anchors, pinned: terms.anchors.length > 0 })
  }
  let answer = await ask()
  const error = enrollmentErrorIn(answer)
  if (error?.code === 'com.apple.watch.pairing.token.missing')
    answer = await ask(await phone.pairingToken(error.details['security-token'], machine.udid))
  const profile = profileIn(answer)
  if (profile !== null) return { profile, account: null }
  throw refused(answer)
}
