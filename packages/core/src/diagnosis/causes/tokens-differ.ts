import { type Cause, seen } from '../cause.ts'

/** What `tokens` says and what the manifest says are one value. */
export const tokensDiffer: Cause = {
  code: 'tokens-differ',
  number: 4,
  basis: 'documented',
  summary: 'tokens and declaration-items have different DeclarationsTokens',
  remedy: 'compute the token once for what the device should have, and answer both with it',
  suspect({ syncs }) {
    const differ = syncs.filter(
      ({ tokens, manifest }) =>
        tokens?.token !== undefined && manifest?.token !== undefined && tokens.token !== manifest.token,
    )
    const [last] = differ.slice(-1)
    if (last?.tokens == null || last.manifest == null) return null
    return {
      weight: 'proven',
      evidence: [
        seen(last.tokens, `tokens says ${last.tokens.token}`),
        seen(last.manifest, `declaration-items says ${last.manifest.token}`),
        ...(differ.length > 1 ? [{ message: `and so in ${differ.length - 1} attempts before` }] : []),
      ],
      against: [{ message: 'by itself this makes a device fetch the manifest every time; it does not stop it' }],
    }
  },
}
