import {
  type ByPlatform,
  type CommandAvailability,
  commands,
  compareVersions,
  type KeyAvailability,
  type Requirements,
} from '@edict/catalogue'
import type { CommandSubject } from './command-subject.ts'

type Who = Pick<CommandSubject, 'traits' | 'model' | 'kind' | 'identity'>

/** Whether this channel has a command, by what the schema says about it. */
export function hasCommand(RequestType: string, who: Who): boolean {
  const availability = commands.get(RequestType)?.availability
  if (availability === undefined || !isHere(availability, who)) return false
  // iOS 15 had declarative management in user enrollments only.
  const { platform, enrollment } = who.traits
  const early = RequestType === 'DeclarativeManagement' && platform === 'iOS' && enrollment === 'device'
  return !early || compareVersions(who.model.osVersion, '16') >= 0
}

/** Whether this channel has a part of a command, with what holds for the command and for the part. */
export function hasPart(RequestType: string, own: KeyAvailability | undefined, who: Who): boolean {
  const { platform } = who.traits
  const outer = commands.get(RequestType)?.availability[platform]
  const inner = own?.[platform]
  if (outer === undefined || inner === 'n/a') return false
  const here = { ...outer, ...inner }
  if (here.supervised === true && !who.identity.supervised) return false
  return isHere({ [platform]: here }, who)
}

function isHere(availability: ByPlatform<CommandAvailability>, { traits, model, kind }: Who): boolean {
  const { platform, enrollment, sharedIPad } = traits
  const facts = availability[platform]
  if (facts === undefined || compareVersions(model.osVersion, facts.introduced) < 0) return false
  if (facts.removed !== undefined && compareVersions(model.osVersion, facts.removed) >= 0) return false
  if (enrollment === 'user' && facts.userEnrollment === 'forbidden') return false
  return isOnChannel(facts, sharedIPad, kind)
}

function isOnChannel(facts: Requirements, sharedIPad: boolean, kind: 'device' | 'user'): boolean {
  if (sharedIPad && facts.sharedIPad?.mode === 'forbidden') return false
  if (!sharedIPad && facts.sharedIPad?.mode === 'required') return false
  const channels = sharedIPad ? { ...facts, ...facts.sharedIPad } : facts
  return (kind === 'device' ? channels.deviceChannel : channels.userChannel) !== false
}
