import type { PlistDict } from '@edict/protocol'
import type { Profile } from '../../content/profile.ts'
import { seededUUID } from '../../seeded.ts'
import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** Profiles of declarations have a Source that says so. @see apple:mdm/commands/profile.list.yaml */
export const profileList: Answer = (_command, subject) => {
  const { seed, enrollmentProfile, kind } = subject
  const enrolled = enrollmentProfile === null || kind === 'user' ? [] : [ownProfile(seed, enrollmentProfile)]
  const installed = (subject.model.commanded.profiles[subject.id] ?? []).map((profile) => listed(profile, seed))
  const declared = subject
    .profiles()
    .map((profile) => ({ ...listed(profile, seed), Source: 'Declarative Device Management' }))
  return acknowledged({ ProfileList: [...enrolled, ...installed, ...declared] })
}

function ownProfile(seed: string, identifier: string): PlistDict {
  const uuid = seededUUID(seed, 'profile', identifier)
  return listed({ identifier, uuid, version: 1, displayName: null, payloads: ['com.apple.mdm'] }, seed)
}

function listed({ identifier, uuid, version, displayName, payloads }: Profile, seed: string): PlistDict {
  return {
    PayloadIdentifier: identifier,
    PayloadUUID: uuid,
    PayloadVersion: version,
    ...(displayName === null ? {} : { PayloadDisplayName: displayName }),
    PayloadContent: payloads.map((PayloadType, index) => ({
      PayloadType,
      PayloadVersion: 1,
      PayloadIdentifier: `${identifier}.${index}`,
      PayloadUUID: seededUUID(seed, 'payload', identifier, index),
    })),
    IsManaged: true,
  }
}
