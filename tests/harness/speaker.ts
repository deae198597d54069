import type { KeyPair } from '@edict/pki'
import { type CheckIn, encodeCheckIn, encodeConnect, type IdentityKeys } from '@edict/protocol'
import { signed } from './identities.ts'
import { type RawReply, type RawRequest, sendRaw } from './raw.ts'

export const TOPIC = 'com.apple.mgmt.External.tests'
export const CHECK_IN = 'application/x-apple-aspen-mdm-checkin'
const CONNECT = 'application/x-apple-aspen-mdm; charset=UTF-8'

/** Every message that a channel can send once it is there, and what tells them apart. */
export function everyMessage(keys: IdentityKeys): readonly (CheckIn | 'idle')[] {
  return [
    { MessageType: 'TokenUpdate', ...keys, Topic: TOPIC, Token: Buffer.from('stolen'), PushMagic: 'stolen' },
    { MessageType: 'UserAuthenticate', ...keys, UserID: 'U' },
    { MessageType: 'SetBootstrapToken', ...keys, BootstrapToken: Buffer.from('stolen') },
    { MessageType: 'GetBootstrapToken', ...keys },
    { MessageType: 'GetToken', ...keys, TokenServiceType: 'com.apple.maid' },
    { MessageType: 'ReturnToService', ...keys },
    { MessageType: 'DeclarativeManagement', ...keys, Endpoint: { kind: 'tokens' } },
    { MessageType: 'DeclarativeManagement', ...keys, Endpoint: { kind: 'declaration-items' } },
    {
      MessageType: 'DeclarativeManagement',
      ...keys,
      Endpoint: { kind: 'declaration', declaration: 'configuration', identifier: 'x' },
    },
    {
      MessageType: 'DeclarativeManagement',
      ...keys,
      Endpoint: { kind: 'status' },
      Data: Buffer.from('{"StatusItems":{},"Errors":[]}'),
    },
    'idle',
    { MessageType: 'CheckOut', ...keys, Topic: TOPIC },
  ]
}

export interface Speech extends RawRequest {
  /** Signs the body. */
  readonly by?: KeyPair
}

/** Sends a message as whoever the keys claim. */
export function say(
  url: string,
  keys: IdentityKeys,
  message: CheckIn | 'idle',
  { by, headers = {}, ...sent }: Speech = {},
): Promise<RawReply> {
  const idle = message === 'idle'
  const body = idle ? encodeConnect({ ...keys, Status: 'Idle' }) : encodeCheckIn(message)
  const how = idle ? { path: '/mdm/connect', type: CONNECT } : { path: '/mdm/checkin', type: CHECK_IN }
  const proof = by === undefined ? {} : signed(body, by)
  return sendRaw(url, body, { ...how, ...sent, headers: { ...proof, ...headers } })
}

export function authenticate(keys: IdentityKeys): CheckIn {
  return { MessageType: 'Authenticate', ...keys, Topic: TOPIC, ProductName: 'iPad13,1', OSVersion: '26.4.2' }
}

export function updateToken(keys: IdentityKeys): CheckIn {
  return { MessageType: 'TokenUpdate', ...keys, Topic: TOPIC, Token: Buffer.from('token'), PushMagic: 'magic' }
}

export function tokens(keys: IdentityKeys): CheckIn {
  return { MessageType: 'DeclarativeManagement', ...keys, Endpoint: { kind: 'tokens' } }
}

/** The code of a refusal, or the status where there is none. */
export function outcome(reply: RawReply): string {
  if (reply.status === 200) return 'accepted'
  const { code } = JSON.parse(reply.body) as { readonly code?: string }
  return reply.status === 400 ? (code ?? '400') : `${reply.status} ${code}`
}
