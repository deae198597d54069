import type { IncomingMessage } from 'node:http'
import { decodeJson, type Json, ProtocolError } from '@edict/protocol'
import { ControlError } from './control-error.ts'

const mostBytes = 1024 * 1024

/** The JSON of a request. @throws ControlError 413 over 1 MiB, 400 when it is not JSON */
export async function readBody(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > mostBytes) {
      throw new ControlError(413, 'body-too-large', `Cannot read the request: it is over ${mostBytes} bytes`)
    }
    chunks.push(chunk)
  }
  try {
    return decodeJson(Buffer.concat(chunks))
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    throw new ControlError(400, 'body-malformed', error.message, { at: error.at, expected: error.expected ?? 'JSON' })
  }
}
