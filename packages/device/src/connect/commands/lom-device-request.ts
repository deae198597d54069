import { isPlistDict } from '@edict/protocol'
import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** No other Mac can be reached. @see apple:mdm/commands/lom.devicerequest.yaml */
export const lomDeviceRequest: Answer = ({ RequestList }) => {
  const asked = Array.isArray(RequestList) ? RequestList.filter(isPlistDict) : []
  return acknowledged({
    ResponseList: asked.map(({ DeviceRequestUUID }) => ({
      DeviceRequestSuccess: false,
      DeviceRequestUUID: String(DeviceRequestUUID ?? ''),
      DeviceRequestReturnError: 'Not reachable',
    })),
  })
}
