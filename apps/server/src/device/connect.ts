import { decodeConnect } from '@edict/protocol'
import { connect } from '../operations/connect.ts'
import { identify } from '../operations/identify.ts'
import type { Services } from '../services.ts'
import { type Answer, EMPTY, plist } from './answer.ts'
import type { Trace } from './trace.ts'

/** Answers one turn of a command session: a command, or an empty 200 that ends it. */
export async function connectTurn(body: Uint8Array, services: Services, trace: Trace): Promise<Answer> {
  const message = decodeConnect(body)
  trace.endpoint = message.Status
  const who = identify(message, services.settings)
  trace.enrollment = who.id
  const command = await connect(who, message, services)
  return command === null ? EMPTY : plist(command)
}
