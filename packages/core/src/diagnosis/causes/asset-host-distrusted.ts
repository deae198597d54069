import { type Cause, seen } from '../cause.ts'
import { typeOf } from '../types.ts'

const LEGACY = 'com.apple.configuration.legacy'
const DOWNLOAD = 'Error.AssetCannotBeDownloaded'
/** What devices say of a profile that they could not get. */
const APPLY = 'Error.ConfigurationCannotBeApplied'

/** The device hangs up before it asks: its own rules for TLS are stricter than those of other clients. */
export const assetHostDistrusted: Cause = {
  code: 'asset-host-distrusted',
  number: 38,
  basis: 'field',
  summary: 'The device does not trust the host of an asset, and never asks it',
  remedy:
    'serve it with a certificate whose chain the device knows, from the host that the device enrolled at if need be',
  suspect(history) {
    const { states, reports, said } = history
    const report = reports.findLast((one) => one.states !== null)
    const failed = (states ?? []).filter(({ identifier, reasons }) => {
      const isProfile = typeOf(history, identifier)?.startsWith(LEGACY) === true
      return reasons.some(({ code }) => code === DOWNLOAD || (isProfile && code === APPLY))
    })
    if (report === undefined || failed.length === 0 || said.some((one) => one.kind === 'asset')) return null
    return {
      weight: 'possible',
      evidence: failed.map(({ identifier }) =>
        seen(report, `${identifier} could not be downloaded, and the record has no request for it`),
      ),
      decides: 'does the log of that host have a request of this device? If not, it hung up before asking',
    }
  },
}
