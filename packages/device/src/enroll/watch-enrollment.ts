import { isA } from '../declaration/is-a.ts'
import { textAt } from '../json-object.ts'
import type { InForce } from '../status/in-force.ts'
import { certificatePem } from './management-profile.ts'
import type { WatchEnrollment } from './way.ts'

/**
 * Where a Watch enrolls that is paired with this iPhone; null where no configuration in force says so.
 *
 * @see apple:declarative/declarations/configurations/watch.enrollment.yaml
 */
export function watchEnrollmentOf(inForce: readonly InForce[]): WatchEnrollment | null {
  const found = inForce.find(({ declaration }) => isA(declaration, 'com.apple.configuration.watch.enrollment'))
  const url = found && textAt(found.declaration.Payload, 'EnrollmentProfileURL')
  if (found === undefined || url === undefined) return null
  const { AnchorCertificateAssetReferences: references } = found.declaration.Payload
  const anchors = (Array.isArray(references) ? references : []).flatMap((reference) => {
    const certificate = typeof reference === 'string' ? found.asset(reference)?.certificate : undefined
    return certificate === undefined ? [] : [certificatePem(Buffer.from(certificate, 'base64'))]
  })
  return { url, anchors }
}
