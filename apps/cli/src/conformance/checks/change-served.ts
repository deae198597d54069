import { isJsonObject } from '@edict/protocol'
import { answered } from '../answered.ts'
import type { Check, Flaw } from '../check.ts'
import type { Changed } from '../exam.ts'
import { jsonOf } from '../listed.ts'

/** A device that is between manifest and declarations must not get the new content under the old ServerToken. */
export const changeServed: Check<Changed> = {
  code: 'change-served',
  group: 'change',
  severity: 'error',
  must: 'what a manifest listed is served as it was promised, or is 404, also after a change',
  source: 'apple:declarative/protocol/declarationitemsresponse.yaml',
  ask: async (exam) => exam.changed(),
  judge: ({ served }) => served.flatMap((one) => (one.exchange.came?.status === 404 ? [] : unlikePromise(one))),
}

function unlikePromise({ listed, exchange }: Changed['served'][number]): readonly Flaw[] {
  if (exchange.came?.status !== 200) return answered(exchange)
  const json = jsonOf(exchange)
  const token = isJsonObject(json) ? json.ServerToken : undefined
  if (token === listed.serverToken) return []
  const found = `${listed.identifier} was promised with ServerToken ${listed.serverToken} and came with ${String(token)}`
  return [{ found, exchange }]
}
