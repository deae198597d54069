import { isPlistDict } from '@edict/protocol'
import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** None of them is to be had. @see apple:mdm/commands/system.update.schedule.yaml */
export const scheduleOSUpdate: Answer = ({ Updates }) => {
  const asked = Array.isArray(Updates) ? Updates.filter(isPlistDict) : []
  return acknowledged({
    UpdateResults: asked.map(({ ProductKey, ProductVersion }) => ({
      ProductKey: String(ProductKey ?? ProductVersion ?? ''),
      InstallAction: 'Error',
      Status: 'DownloadFailed',
    })),
  })
}
