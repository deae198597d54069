import { answeredEmpty } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'

/** The first message of an enrollment: a device whose Authenticate is refused does not enroll. */
export const authenticateAnswered: Check<Exchange> = {
  code: 'authenticate-answered',
  group: 'enrollment',
  severity: 'error',
  must: 'Authenticate is answered 200, with an empty body',
  source: 'apple:mdm/checkin/authenticate.yaml',
  ask: async (exam) => (await exam.enrollment()).authenticate,
  judge: answeredEmpty,
}
