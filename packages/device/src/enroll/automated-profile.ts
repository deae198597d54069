import { decodeEnrollmentError, type EnrollmentError } from '@edict/protocol'
import { DeviceError } from '../device-error.ts'
import type { Answer } from '../transport.ts'
import type { Asking, ObtainedProfile } from './obtained-profile.ts'
import type { AutomatedWay, AutomatedWebWay } from './way.ts'

/** On the first request of the web view, and on no other. */
const DEVICE_INFO = 'x-apple-aspen-deviceinfo'
const PROFILE = 'application/x-apple-aspen-config'

/**
 * Automated Device Enrollment up to its profile: says which device it is, signed, by itself or in front of a web view. A server that
 * wants a newer OS first is asked again once the device has it.
 *
 * @throws DeviceError `update-required` when the device does not update, or is asked to once more; `device-unexpected`;
 * `profile-refused`
 */
export async function automatedProfile(way: AutomatedWay | AutomatedWebWay, asking: Asking): Promise<ObtainedProfile> {
  let answer = await ask(way, asking)
  const error = enrollmentErrorIn(answer)
  if (error?.code === 'com.apple.softwareupdate.required' && asking.updateOS(error.details)) {
    answer = await ask(way, asking)
  }
  const profile = profileIn(answer)
  if (profile !== null) return { profile, account: null }
  throw refused(answer)
}

/** The profile that an answer brings; null when it brings none. */
export function profileIn(answer: Answer | null): Uint8Array | null {
  return answer?.status === 200 && mediaType(answer) === PROFILE ? answer.body : null
}

async function ask(way: AutomatedWay | AutomatedWebWay, { line, machine }: Asking): Promise<Answer | null> {
  const body = await machine.signed()
  if (way.kind === 'automated') {
    return line.post('enrollment profile', { url: way.url, type: 'application/pkcs7-signature', body })
  }
  return way.signIn(way.url, { [DEVICE_INFO]: Buffer.from(body).toString('base64') })
}

/** What an answer without a profile says. */
export function refused(answer: Answer | null): DeviceError {
  const error = enrollmentErrorIn(answer)
  const at = 'enrollment profile'
  switch (error?.code) {
    case 'com.apple.softwareupdate.required':
      return updateRequired(error)
    case 'com.apple.unrecognized.device':
      return new DeviceError(
        'device-unexpected',
        `Cannot enroll: ${error.message ?? 'the server does not expect it'}`,
        { at },
      )
    default: {
      const found = answer?.status ?? null
      return new DeviceError('profile-refused', `Cannot get an enrollment profile: found ${found ?? 'no answer'}`, {
        at,
        found,
        expected: `200 with ${PROFILE}`,
      })
    }
  }
}

function updateRequired({
  details,
  message,
}: Extract<EnrollmentError, { code: 'com.apple.softwareupdate.required' }>): DeviceError {
  return new DeviceError('update-required', `Cannot enroll: ${message ?? 'the server wants another OS'}`, {
    at: 'OSVersion',
    expected: details.OSVersion,
  })
}

/** What Apple's form says of a 403; null for everything else. */
export function enrollmentErrorIn(answer: Answer | null): EnrollmentError | null {
  if (answer?.status !== 403) return null
  try {
    return decodeEnrollmentError(answer.body, answer.headers['content-type'] ?? '')
  } catch {
    return null
  }
}

function mediaType({ headers }: Answer): string | undefined {
  return headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
}
