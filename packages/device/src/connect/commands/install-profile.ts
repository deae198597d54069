import { readProfile } from '../../content/profile.ts'
import { DeviceError } from '../../device-error.ts'
import { acknowledged, acknowledgedThen, type CommandAnswer, cannot } from '../command-answer.ts'
import type { Answer, CommandSubject } from '../command-subject.ts'

/**
 * An enrollment profile takes the place of the one that is installed: so identities are renewed. Any other is installed, or takes
 * the place of the one by the same name.
 *
 * @see apple:mdm/commands/profile.install.yaml
 */
export const installProfile: Answer = async ({ Payload }, subject) => {
  if (!(Payload instanceof Uint8Array)) return cannot(4, 'There is no profile in the command')
  const read = readProfile({ status: 200, headers: {}, body: Payload })
  if (read.phase === 'failed') return replaceEnrollment(Payload, subject)
  const { commanded } = subject.model
  const others = (commanded.profiles[subject.id] ?? []).filter(
    ({ identifier }) => identifier !== read.profile.identifier,
  )
  commanded.profiles[subject.id] = [...others, read.profile]
  subject.changed()
  return acknowledged()
}

async function replaceEnrollment(profile: Uint8Array, subject: CommandSubject): Promise<CommandAnswer> {
  try {
    return acknowledgedThen(await subject.replaceEnrollment(profile))
  } catch (error) {
    if (error instanceof DeviceError) return cannot(5, error.message)
    throw error
  }
}
