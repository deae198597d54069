import { DeviceError } from '@edict/device'
import { exchange } from '../transport/exchange.ts'

const timeout = 30_000
const profileType = 'application/x-apple-aspen-config'

/**
 * Accepts an invitation, as a person does who presses the button on its page, and gives the enrollment profile that comes.
 *
 * @throws DeviceError `invitation-refused` with the status, or with the media type of what is no profile
 * @throws TransportError when there is no answer
 */
export async function invitedProfile(link: string): Promise<Uint8Array> {
  const { status, headers, body } = await exchange({ method: 'POST', url: new URL(link), headers: {} }, { timeout })
  const type = headers['content-type'] ?? 'no media type'
  if (status === 200 && type.startsWith(profileType)) return body
  const found = status === 200 ? type : status
  throw new DeviceError('invitation-refused', `Cannot accept the invitation: found ${found}, expected a profile`, {
    found,
    expected: profileType,
  })
}
