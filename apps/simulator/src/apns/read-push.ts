import type { IncomingHttpHeaders } from 'node:http2'
import type { Push, PushRefusal } from './push.ts'

/**
 * Reads a push for device management: `POST /3/device/<hex token>` with a topic and the body `{"mdm": <PushMagic>}`.
 *
 * @see https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns
 */
export function readPush(headers: IncomingHttpHeaders, body: Uint8Array): Push | PushRefusal {
  const [, token] = /^\/3\/device\/([^/?]*)$/.exec(headers[':path'] ?? '') ?? []
  const topic = headers['apns-topic']
  const expires = headers['apns-expiration'] ?? '0'
  if (token === undefined) return refused(404, 'BadPath')
  if (headers[':method'] !== 'POST') return refused(405, 'MethodNotAllowed')
  if (!/^(?:[0-9a-f]{2})+$/i.test(token)) return refused(400, 'BadDeviceToken')
  if (typeof topic !== 'string' || topic === '') return refused(400, 'MissingTopic')
  if (!['mdm', undefined].includes(textOf(headers['apns-push-type']))) return refused(400, 'InvalidPushType')
  if (!['10', '5', '1', undefined].includes(textOf(headers['apns-priority']))) return refused(400, 'BadPriority')
  if (typeof expires !== 'string' || !/^\d{1,12}$/.test(expires)) return refused(400, 'BadExpirationDate')
  if (body.byteLength === 0) return refused(400, 'PayloadEmpty')
  const magic = magicIn(body)
  return magic === undefined ? refused(400, 'BadPayload') : { token, topic, magic, expires: Number(expires) * 1000 }
}

function refused(status: number, reason: string): PushRefusal {
  return { status, reason }
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join() : header
}

/** Apple takes any JSON; a body with more than PushMagic in it is a server's mistake all the same. */
function magicIn(body: Uint8Array): string | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    if (typeof value !== 'object' || value === null || Object.keys(value).join() !== 'mdm' || !('mdm' in value))
      return undefined
    return typeof value.mdm === 'string' && value.mdm !== '' ? value.mdm : undefined
  } catch {
    return undefined
  }
}
