import { isPlistDict } from '@edict/protocol'
import { acknowledged, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** Acknowledged before anything was loaded: what becomes of it, it does not say. @see apple:mdm/commands/application.install.enterprise.yaml */
export const installEnterpriseApplication: Answer = ({ Manifest, ManifestURL }) =>
  isPlistDict(Manifest) || typeof ManifestURL === 'string' ? acknowledged() : cannot(1, 'The app cannot be made out')
