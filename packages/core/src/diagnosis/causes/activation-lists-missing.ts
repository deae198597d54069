import { type Cause, seen } from '../cause.ts'
import { suspectReasons } from '../look.ts'

/** One configuration that is not there keeps the whole activation inactive. */
export const activationListsMissing: Cause = {
  code: 'activation-lists-missing',
  number: 17,
  basis: 'documented',
  summary: 'An activation names a configuration that the device does not have, so none of its configurations is active',
  remedy:
    'list the configuration in the manifest, or take it out of the activation; one activation each keeps the others working',
  suspect(history) {
    const reported = suspectReasons(history, ['Error.MissingConfigurations'])
    if (reported !== null) return reported
    const [manifest] = history.manifests
    if (manifest?.pairs === undefined) return null
    const there = new Set(
      manifest.pairs.filter(({ kind }) => kind === 'configuration').map(({ identifier }) => identifier),
    )
    const lacking = history.said.flatMap((one) => {
      if (one.kind !== 'declaration' || one.declaration !== 'activation') return []
      const missing = (one.body?.configurations ?? []).filter((identifier) => !there.has(identifier))
      return missing.length === 0
        ? []
        : [seen(one, `${one.identifier} names ${missing.join(', ')}, which the manifest does not list`)]
    })
    return lacking.length === 0
      ? null
      : { weight: 'likely', evidence: lacking, decides: 'the next status report says Error.MissingConfigurations' }
  },
}
