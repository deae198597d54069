import { type Cause, seen } from '../cause.ts'

/** 404 tells a device that the declaration is gone; it lets go of its own copy too. */
export const advertisedNotFound: Cause = {
  code: 'advertised-not-found',
  number: 12,
  basis: 'documented',
  summary: 'A declaration that the manifest lists was answered 404: the device drops it',
  remedy: 'answer from the state that the manifest was made of, also when something changed since',
  suspect({ said, manifests }) {
    const found = said.filter(
      (one) =>
        one.kind === 'declaration' &&
        one.answer.status === 404 &&
        manifests.some(({ pairs }) => pairs?.some((pair) => pair.identifier === one.identifier)),
    )
    if (found.length === 0) return null
    return {
      weight: 'proven',
      evidence: found.map((one) =>
        seen(one, `${'identifier' in one ? one.identifier : ''} stands in the manifest, and was answered 404`),
      ),
    }
  },
}
