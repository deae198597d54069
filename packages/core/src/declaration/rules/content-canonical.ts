import type { Problem } from '../../problem.ts'
import { canonicalFlaws } from '../canonical-flaws.ts'
import type { Draft } from '../draft.ts'

/** What has no canonical text has no version and no ServerToken, so this is looked at before all else. */
export function contentCanonical({ identifier, type, payload }: Draft): readonly Problem[] {
  return [
    ...canonicalFlaws(identifier, '/Identifier', 'identifier-malformed'),
    ...canonicalFlaws(type, '/Type', 'type-unknown'),
    ...canonicalFlaws(payload, '/Payload', 'payload-malformed'),
  ]
}
