import { type Cause, type Observation, type Suspicion, seen } from '../cause.ts'
import type { History } from '../history.ts'
import { hasEverything } from '../stage.ts'
import type { Pair } from '../trace-entry.ts'

/**
 * A device fetches only what it has not: a pair of Identifier and ServerToken that it fetched once, whatever became of it, is never
 * fetched again.
 */
export const allPairsAlreadyKnown: Cause = {
  code: 'all-pairs-already-known',
  number: 1,
  basis: 'documented',
  summary: 'The device has every pair of Identifier and ServerToken in the manifest already, so it fetches nothing',
  remedy:
    'make each ServerToken from the content of its declaration (a hash), so that what was edited, or has failed before, is fetched anew; to try it now, change the ServerTokens once',
  suspect(history, stage) {
    const { last, manifests, due } = history
    const manifest = last?.manifest
    if (manifest == null || manifest !== manifests[0] || (manifest.pairs?.length ?? 0) === 0) return null
    if (hasEverything(history)) return known(history)
    if (stage !== 'manifest-nothing-fetched' || history.began !== null) return null
    const readable = manifest.answer.flaws.every(({ severity }) => severity !== 'error')
    return {
      weight: readable ? 'likely' : 'possible',
      evidence: [
        seen(manifest, `the manifest lists ${due.length} declarations, and the device asked for none of them`),
        { message: 'the record begins after the enrollment: what was fetched before it is not known' },
        ...counted(due),
      ],
      decides:
        'record from Authenticate on, or look into the older log: was each of these pairs ever answered with 200? Or change one ServerToken: a device that was only satisfied fetches that declaration within a minute',
    }
  },
}

/** Tokens that look counted, and not made from the content, are the usual way to it. */
function counted(pairs: readonly Pair[]): readonly Observation[] {
  const prefix = /^v?\d{1,6}\b/i
  const tokens = pairs.map(({ serverToken }) => serverToken)
  if (tokens.length === 0 || !tokens.every((token) => prefix.test(token))) return []
  return [
    { message: `the ServerTokens look like versions that are counted (${tokens[0]}): do they change with every edit?` },
  ]
}

function known({ manifests, knownBefore, last, said }: History): Suspicion {
  const [manifest, before] = manifests
  const fetched = [...(knownBefore.values() ?? [])].includes('fetched')
  const same = manifest?.token !== undefined && manifest.token === before?.token
  return {
    weight: 'proven',
    harmless: true,
    evidence: [
      ...(last?.manifest == null
        ? []
        : [seen(last.manifest, 'every pair in this manifest is one that the device has')]),
      {
        message: fetched
          ? `it fetched them before (${said.filter((one) => one.kind === 'declaration').length} declarations in this record)`
          : 'it reported them before',
      },
      ...(same || before === undefined
        ? []
        : [seen(before, 'the manifest before had another token and the same pairs')]),
    ],
  }
}
