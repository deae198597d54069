import { compareVersions } from '@edict/catalogue'
import type { Enrollment } from './enrollment.ts'

/**
 * Whether a device that asks may be told to erase itself and to enroll again: supervised, with iOS or visionOS 26 or later. What is
 * not known of it excludes it, for there is no way back.
 *
 * @param automated whether it enrolled by automated enrollment, which supervises
 * @see apple:mdm/checkin/returntoservice.yaml
 */
export function mayReturnToService({ channel, shape, state, facts }: Enrollment, automated: boolean): boolean {
  const { platform, osVersion, supervised } = facts
  if (channel !== 'device' || shape !== 'device' || state !== 'enrolled') return false
  if ((supervised ?? automated) === false || osVersion === undefined) return false
  return (platform === 'iOS' || platform === 'visionOS') && compareVersions(osVersion, '26') >= 0
}
