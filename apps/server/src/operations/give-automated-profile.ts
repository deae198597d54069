import { requiredUpdate } from '@edict/core'
import { type EnrollmentError, type MachineInfo, ProtocolError } from '@edict/protocol'
import { signedProfile } from '../enroll/signed-profile.ts'
import type { Services } from '../services.ts'
import { newChallenge } from '../trust/new-challenge.ts'
import { serialOf } from './expect-devices.ts'

type Uses = Pick<Services, 'store' | 'trust' | 'reach' | 'now' | 'newId'>

/** A device that asked, as MachineInfo names it. */
export interface AskingDevice {
  readonly serial: string
  readonly udid: string
}

/** Why there is no profile: for the log and the measurements. */
export type AutomatedRefusal = 'unexpected' | 'update-required'

export type Judged =
  | { readonly kind: 'expected'; readonly device: AskingDevice }
  | { readonly kind: 'refused'; readonly why: AutomatedRefusal; readonly error: EnrollmentError }

export type Given = { readonly kind: 'profile'; readonly profile: Uint8Array } | Exclude<Judged, { kind: 'expected' }>

/**
 * Decides whether a device that asks by itself may have a profile: it is expected by its serial number, and runs what it has to.
 * Who is not expected is told nothing else.
 *
 * @throws ProtocolError `key-missing` when it does not say who it is
 */
export async function judgeAutomated(info: MachineInfo, { store }: Pick<Uses, 'store'>): Promise<Judged> {
  const device = { serial: serialOf(named(info, 'SERIAL')), udid: named(info, 'UDID') }
  if ((await store.read.expectedDevice({ serial: device.serial })) === undefined) return UNEXPECTED
  const { settings } = await store.read.declared()
  const update = requiredUpdate(info, settings)
  return update === null
    ? { kind: 'expected', device }
    : { kind: 'refused', why: 'update-required', error: asked(update) }
}

/**
 * Gives an expected device a profile, whose challenge is for this device alone: what is made of it cannot speak for another UDID,
 * and at Authenticate the serial number has to be this one. Null where devices could not find this server.
 */
export async function giveAutomatedProfile({ serial, udid }: AskingDevice, services: Uses): Promise<Given | null> {
  const { store, reach, now } = services
  if (reach.url() === null) return null
  const secret = await store.transaction(async (tx) => {
    const at = now()
    return (await tx.noteGiven(serial, udid, at)) ? (await newChallenge(tx, { meant: udid, now: at })).secret : null
  })
  if (secret === null) return UNEXPECTED
  const profile = await signedProfile(secret, udid, services)
  return profile && { kind: 'profile', profile }
}

const UNEXPECTED: Judged & { readonly kind: 'refused' } = {
  kind: 'refused',
  why: 'unexpected',
  error: {
    code: 'com.apple.unrecognized.device',
    description: 'The serial number is not expected',
    message: 'This device is not expected here. Ask your administrator.',
  },
}

function asked({ OSVersion, BuildVersion }: { readonly OSVersion: string; readonly BuildVersion?: string }) {
  return {
    code: 'com.apple.softwareupdate.required',
    description: `The OS is below ${OSVersion}`,
    message: `This device has to be updated to ${OSVersion} first.`,
    details: { OSVersion, ...(BuildVersion === undefined ? {} : { BuildVersion }) },
  } as const
}

function named(info: MachineInfo, at: 'SERIAL' | 'UDID'): string {
  const value = info[at]
  if (value !== undefined && value !== '') return value
  throw new ProtocolError('key-missing', `Cannot give a profile: MachineInfo has no ${at}`, { at })
}
