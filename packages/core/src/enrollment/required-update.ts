import { compareVersions, platformOfProduct } from '@edict/catalogue'
import type { MachineInfo } from '@edict/protocol'
import type { MinimumOS, Settings } from '../declared.ts'

/**
 * The OS that a device has to have before it may enroll by itself; null when it may enroll as it is. Only a device that says it can
 * be asked is asked: all others would stand in Setup Assistant for good.
 *
 * @see apple:other/machineinfo.yaml, MDM_CAN_REQUEST_SOFTWARE_UPDATE
 */
export function requiredUpdate(
  { PRODUCT, OS_VERSION, MDM_CAN_REQUEST_SOFTWARE_UPDATE: canBeAsked }: MachineInfo,
  { minimumOS = {} }: Pick<Settings, 'minimumOS'>,
): MinimumOS | null {
  const platform = platformOfProduct(PRODUCT)
  const minimum = platform === undefined ? undefined : minimumOS[platform]
  if (minimum === undefined || canBeAsked !== true || OS_VERSION === undefined) return null
  return compareVersions(OS_VERSION, minimum.OSVersion) < 0 ? minimum : null
}
