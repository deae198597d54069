import { type Cause, type Observation, seen } from '../cause.ts'

/** Somebody saw trouble while Setup Assistant waits. What devices do is not documented. */
export const awaitingConfiguration: Cause = {
  code: 'awaiting-configuration',
  number: 23,
  basis: 'field',
  summary: 'The device waits in Setup Assistant for DeviceConfigured',
  remedy: 'send DeviceConfigured, and see whether it goes on; send it always after some minutes, whatever else fails',
  suspect({ said, began }, stage) {
    const update = said.findLast(
      (one) => one.kind === 'check-in' && one.messageType === 'TokenUpdate' && one.awaitingConfiguration !== undefined,
    )
    const released = said.findLast(
      (one) =>
        one.kind === 'command' && (one.requestType === 'DeviceConfigured' || one.requestType === 'UserConfigured'),
    )
    if (stage === 'in-force') return null
    if (update?.kind === 'check-in') {
      if (update.awaitingConfiguration !== true || (released !== undefined && released.entry > update.entry))
        return null
      return {
        weight: 'possible',
        evidence: [seen(update, 'TokenUpdate says AwaitingConfiguration')],
        decides: 'send DeviceConfigured',
      }
    }
    const stalled = stage === 'acknowledged-no-tokens' || stage === 'manifest-nothing-fetched'
    if (!stalled || began !== null || released !== undefined) return null
    const unknown: Observation = {
      message: 'the record has no TokenUpdate: whether the device waits in Setup Assistant is not known',
    }
    return {
      weight: 'possible',
      evidence: [unknown],
      decides: 'what does its last TokenUpdate say of AwaitingConfiguration?',
    }
  },
}
