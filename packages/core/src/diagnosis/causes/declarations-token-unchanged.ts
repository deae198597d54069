import { type Cause, seen } from '../cause.ts'

/** A device that is told the token it has stops there. */
export const declarationsTokenUnchanged: Cause = {
  code: 'declarations-token-unchanged',
  number: 2,
  basis: 'documented',
  summary: 'The DeclarationsToken is that of the manifest which the device has, so it has nothing to do',
  remedy:
    'make the DeclarationsToken from everything in the manifest (a hash over the sorted kinds, Identifiers and ServerTokens); a token that is counted or timed is easily forgotten',
  suspect({ last, manifests, wanted }, stage) {
    const told = last?.tokens ?? last?.command
    const [had] = manifests
    if (last === null || told == null || last.manifest !== null || had?.token === undefined) return null
    if (told.token !== had.token) return null
    // Its own server knows that nothing else is wanted.
    const isRight = stage === 'in-force' || wanted === had.token
    return {
      weight: isRight ? 'proven' : 'likely',
      harmless: isRight,
      evidence: [
        seen(told, `it was told the token ${had.token}`),
        seen(had, 'which is the token of the manifest that it has'),
      ],
      ...(isRight
        ? {}
        : { decides: 'was something changed since that manifest? Then its token should have changed too' }),
    }
  },
}
