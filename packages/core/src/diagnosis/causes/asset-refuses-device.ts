import type { Cause } from '../cause.ts'
import { answers, statusSeen } from '../look.ts'

/** With Authentication of type MDM a device proves itself by its certificate and a signature over nothing. */
export const assetRefusesDevice: Cause = {
  code: 'asset-refuses-device',
  number: 30,
  basis: 'documented',
  summary: 'The host of an asset refused the device',
  remedy: 'take the client certificate, or the Mdm-Signature over an empty body; or write Authentication of type None',
  suspect({ said }) {
    const refused = answers(said, ({ status }, { kind }) => kind === 'asset' && (status === 401 || status === 403))
    return refused.length === 0 ? null : { weight: 'proven', evidence: refused.map(statusSeen) }
  },
}
