import { type Cause, seen } from '../cause.ts'

/** What `tokens` says and what the manifest says are one value. */
export const tokensDiffer: Cause = {
  code: 'tokens-differ',
  number: 4,
  basis: 'documented',
  summary: 'tokens and declaration-items have different DeclarationsTokens',
  remedy: 'compute the token once for what the device should have, and answer both with it',
  suspect({ syncs, wanted }) {
    // Also those whose pairs nobody knows any more: their tokens are what counts.
    const manifests = syncs.flatMap(({ manifest }) => manifest ?? [])
    const both = syncs.filter(({ tokens, manifest }) => tokens?.token !== undefined && manifest?.token !== undefined)
    const last = both.at(-1)
    // Where any manifest had it, or this one is what is wanted, something changed between the two requests.
    if (last?.tokens == null || last.manifest == null || last.manifest.token === wanted) return null
    if (both.some(({ tokens }) => manifests.some(({ token }) => token === tokens?.token))) return null
    // Once, and over: the device has another manifest since.
    if (both.length === 1 && last.manifest !== manifests.at(-1)) return null
    return {
      weight: both.length > 1 ? 'proven' : 'likely',
      evidence: [
        seen(last.tokens, `tokens says ${last.tokens.token}`),
        seen(last.manifest, `declaration-items says ${last.manifest.token}`),
        ...(both.length > 1 ? [{ message: `and so in all ${both.length} attempts` }] : []),
      ],
      against: [{ message: 'by itself this makes a device fetch the manifest every time; it does not stop it' }],
      ...(both.length > 1 ? {} : { decides: 'do they differ next time too? Something may have changed in between' }),
    }
  },
}
