import { declarationKinds } from '@edict/protocol'
import type { Finding } from './finding.ts'
import type { History } from './history.ts'
import type { Stage } from './stage.ts'

/** What people who look at such a record ask, answered where the record gives the occasion. */
export function answersTo(history: History, stage: Stage): readonly Finding[] {
  const [manifest] = history.manifests
  const { last } = history
  const stalled = stage === 'manifest-nothing-fetched' || stage === 'partly-fetched'
  const empty = declarationKinds.filter((kind) => manifest?.pairs?.every((pair) => pair.kind !== kind))
  const equal = last?.tokens?.token !== undefined && last.tokens.token === last.manifest?.token
  const answers: readonly (Finding | false | undefined)[] = [
    stalled &&
      manifest !== undefined &&
      empty.length > 0 && {
        code: 'empty-array-is-legal',
        severity: 'info',
        message: `An empty array (${empty.join(', ')}) is legal: all four are required, and none has to have something in it`,
        entry: manifest.entry,
      },
    stalled &&
      equal &&
      last.manifest !== null && {
        code: 'equal-tokens-are-right',
        severity: 'info',
        message:
          'The DeclarationsTokens of tokens and declaration-items are the same, and should be: both name the same state',
        entry: last.manifest.entry,
      },
    stage === 'manifest-nothing-fetched' && {
      code: 'no-linkage-needed',
      severity: 'info',
      message:
        'No declaration has to refer to another before bodies are fetched: a device fetches every pair that it has not, and looks at activations afterwards',
    },
    stage !== 'in-force' && {
      code: 'what-to-log',
      severity: 'info',
      message:
        'To see why a device stops, keep of each channel: the token in the last command, the last tokens answer with its time, the last manifest with its pairs, of each pair when it was fetched with which status and which content, the last status report and what it says of declarations, every answer that was not 200, and AwaitingConfiguration',
    },
  ]
  return answers.filter((answer) => answer !== false && answer !== undefined)
}
