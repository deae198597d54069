import { type Cause, seen } from '../cause.ts'

/** 404 tells a device that the declaration is gone; it lets go of its own copy too. */
export const advertisedNotFound: Cause = {
  code: 'advertised-not-found',
  number: 12,
  basis: 'documented',
  summary: 'A declaration that the manifest lists was answered 404: the device drops it',
  remedy: 'answer from the state that the manifest was made of, also when something changed since',
  suspect({ last, manifests, sinceManifest }) {
    const listed = new Set(manifests[0]?.pairs?.map(({ kind, identifier }) => `${kind}/${identifier}`))
    // What was asked before belongs to an earlier manifest, or to an enrollment that is over.
    const found = (last?.fetches ?? []).filter(
      (one) =>
        one.answer.status === 404 && listed.has(`${one.declaration}/${one.identifier}`) && sinceManifest.includes(one),
    )
    if (found.length === 0) return null
    return {
      weight: 'proven',
      evidence: found.map((one) => seen(one, `${one.identifier} stands in the manifest, and was answered 404`)),
    }
  },
}
