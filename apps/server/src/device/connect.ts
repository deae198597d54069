import { decodeConnect } from '@edict/protocol'
import type { Proven } from '../identity/proven.ts'
import { speaking } from '../identity/speaking.ts'
import { connect } from '../operations/connect.ts'
import type { Services } from '../services.ts'
import { type Answer, EMPTY, plist } from './answer.ts'
import type { Trace } from './trace.ts'

/** Answers one turn of a command session: a command, or an empty 200 that ends it. */
export async function connectTurn(
  body: Uint8Array,
  proven: Proven | null,
  services: Services,
  trace: Trace,
): Promise<Answer> {
  const message = decodeConnect(body)
  trace.endpoint = message.Status
  trace.said = {
    kind: 'result',
    uuid: message.Status === 'Idle' ? null : message.CommandUUID,
    status: message.Status,
  }
  return speaking({ keys: message, begins: false, leaves: false, proven }, services, trace, async (who) => {
    const command = await connect(who, message, services, proven)
    if (command === null) return EMPTY
    trace.command = command.given
    return plist(command.bytes)
  })
}
