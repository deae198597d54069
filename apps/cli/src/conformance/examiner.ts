import { randomUUID } from 'node:crypto'
import { createDevice, DeviceError, type DeviceOptions, systemClock, type Transport, type Way } from '@edict/device'
import { type Authenticate, decodeCheckIn } from '@edict/protocol'
import { UnreachableError, UsageError } from '../failure.ts'
import type { Who } from './who.ts'

/** How the device that examines comes to the server. */
export type Coming =
  | { readonly kind: 'unproven'; readonly checkInUrl: string; readonly connectUrl: string }
  /** A `.mobileconfig`, signed or not. */
  | { readonly kind: 'profile'; readonly profile: Uint8Array }
  | {
      readonly kind: 'account'
      readonly account: string
      readonly password: string
      readonly discovery: string | undefined
    }

/** The device that examines. A profile and an account give it an identity, and say where the server is. */
export async function examiner(coming: Coming, udid: string | undefined): Promise<Who> {
  if (coming.kind === 'unproven') return unproven(udid, coming)
  const { httpTransport, signInByPage } = await import('@edict/simulator')
  const others = httpTransport('http://127.0.0.1:9')
  if (coming.kind === 'profile') return enrolled({ kind: 'ipad', way: coming.profile, others, udid })
  const { account, password, discovery } = coming
  const signIn = signInByPage(account, password)
  const way: Way = { kind: 'account', identifier: account, signIn, ...(discovery === undefined ? {} : { discovery }) }
  return enrolled({ kind: 'byod-iphone', way, others, udid })
}

function unproven(udid: string | undefined, urls: Pick<Who, 'checkInUrl' | 'connectUrl'>): Who {
  const keys = { UDID: udid ?? `CONFORMANCE-${randomUUID().toUpperCase()}` }
  return { ...urls, keys, topic: 'com.apple.mgmt.External.edict-conformance', seal: () => null, proven: false }
}

interface Arrival extends Pick<DeviceOptions, 'kind'> {
  readonly way: Way
  /** How it gets a profile and an identity. */
  readonly others: Transport
  readonly udid: string | undefined
}

/** A simulated device that installs its profile. What it would say to the server then is held back: the examination says it. */
async function enrolled({ kind, way, others, udid }: Arrival): Promise<Who> {
  let said: Authenticate | undefined
  const checkIn: Transport['checkIn'] = async (body) => {
    const message = decodeCheckIn(body)
    if (message.MessageType === 'Authenticate') said = message
    return NOTHING
  }
  const transport = { ...others, checkIn, connect: async () => NOTHING }
  const seed = `conformance ${udid ?? randomUUID()}`
  const device = createDevice({ kind, seed, transport, clock: systemClock, ...(udid === undefined ? {} : { udid }) })
  try {
    await device.enroll(way)
  } catch (error) {
    throw error instanceof DeviceError ? notEnrolled(error) : error
  } finally {
    device.stop()
  }
  const urlOf = (to: 'checkInUrl' | 'serverUrl') => device.seal(new Uint8Array(), to)?.url ?? ''
  const { UDID, EnrollmentID, Topic = '' } = said ?? {}
  return {
    keys: { ...(UDID === undefined ? {} : { UDID }), ...(EnrollmentID === undefined ? {} : { EnrollmentID }) },
    topic: Topic,
    checkInUrl: urlOf('checkInUrl'),
    connectUrl: urlOf('serverUrl'),
    seal: (body, to) => device.seal(body, to),
    proven: true,
  }
}

const NOTHING = { status: 200, headers: {}, body: new Uint8Array() }

function notEnrolled(error: DeviceError): Error {
  const said = `Cannot come to the server: ${error.message}`
  if (error.code === 'unreachable') return new UnreachableError(said)
  return new UsageError(said, 'get a new enrollment profile: most can be used once')
}
