import { type Enrollment, refusal } from '@edict/core'
import type { Channel, Reads } from '@edict/store'
import { Refused } from './refused.ts'

/** @throws Refused `enrollment-missing` */
export async function mustBeKnown(reads: Pick<Reads, 'channel'>, id: string): Promise<Channel> {
  const channel = await reads.channel(id)
  if (channel !== undefined) return channel
  const evidence = { found: id, remedy: 'look at the list of enrollments for the right id' }
  throw new Refused([refusal('enrollment-missing', `Cannot find enrollment ${id}`, evidence)])
}

/** A channel that can be pushed. @throws Refused `enrollment-missing` or `enrollment-not-enrolled` */
export async function mustBeEnrolled(reads: Pick<Reads, 'channel'>, id: string): Promise<Enrollment> {
  const { enrollment } = await mustBeKnown(reads, id)
  if (enrollment.state === 'enrolled') return enrollment
  const reason = enrollment.state === 'left' ? 'it left' : 'its TokenUpdate has not come yet'
  const evidence = { found: enrollment.state, expected: 'enrolled', remedy: 'wait until the device enrolls' }
  throw new Refused([refusal('enrollment-not-enrolled', `Cannot reach ${id}: ${reason}`, evidence)])
}
