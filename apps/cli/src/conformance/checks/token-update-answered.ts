import { answeredEmpty } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'

/** It completes the enrollment, and says where the device is pushed. */
export const tokenUpdateAnswered: Check<Exchange> = {
  code: 'token-update-answered',
  group: 'enrollment',
  severity: 'error',
  must: 'TokenUpdate is answered 200, with an empty body',
  source: 'apple:mdm/checkin/tokenupdate.yaml',
  ask: async (exam) => (await exam.enrollment()).tokenUpdate,
  judge: answeredEmpty,
}
