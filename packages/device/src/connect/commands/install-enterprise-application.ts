import { isPlistDict } from '@edict/protocol'
import { manifestIn } from '../../content/package-manifest.ts'
import { acknowledged, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** Acknowledged before anything was loaded: what becomes of it, it does not say. @see apple:mdm/commands/application.install.enterprise.yaml */
export const installEnterpriseApplication: Answer = (command, subject) => {
  const { Manifest, ManifestURL } = command
  const read = isPlistDict(Manifest) ? manifestIn(Manifest) : null
  if (read?.kind === 'problem' || (read === null && typeof ManifestURL !== 'string')) {
    return cannot(1, 'The app cannot be made out')
  }
  const declared = subject.apps().filter(({ declaration }) => declaration !== null)
  if (declared.some(({ bundleId }) => bundleId === read?.manifest.facts.bundleId)) {
    return cannot(9, 'The app belongs to a declaration')
  }
  subject.installEnterpriseApplication(command)
  return acknowledged()
}
