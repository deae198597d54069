import {
  decodeDeclarationItems,
  decodeTokensResponse,
  type Endpoint,
  ProtocolError,
  parseTimestamp,
  type TokensResponse,
} from '@edict/protocol'
import type { Switches } from '../switches.ts'
import type { Held } from './held.ts'
import { type ManifestEntry, manifestOf } from './manifest.ts'

/** What a channel remembers of synchronizations. */
export interface SyncMemory {
  /** DeclarationsToken of the last manifest received. */
  token: string | null
  /** Timestamp of the tokens gone by last, in milliseconds since 1970. */
  timestamp: number | null
  manifest: Map<string, ManifestEntry>
  /** In effect. */
  held: Map<string, Held>
  /** Fetched, and in effect once the rest is there too. */
  readonly staged: Map<string, Held>
}

export type Asked = { readonly kind: 'body'; readonly body: Uint8Array } | { readonly kind: 'missing' } | Failure

/** A request went wrong, which ends the synchronization. */
export interface Failure {
  readonly kind: 'failed'
  /** Null when there was no answer. */
  readonly status: number | null
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter: number | null
}

export interface SyncPorts {
  readonly switches: Switches
  ask(endpoint: Endpoint): Promise<Asked>
  load(entry: ManifestEntry, body: Uint8Array): Held
}

export type SyncOutcome =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'changed' }
  /** The server's answer could not be used; nothing is tried again before the next occasion. */
  | { readonly kind: 'stopped'; readonly problem: string }
  | Failure

/**
 * One synchronization: tokens (unless the command brought them), then the manifest when its token is new, then the bodies
 * of pairs not yet known, one at a time. Everything takes effect at the end, together with removals. A 404 drops that
 * declaration; any other error ends it, and what was fetched waits for the rest.
 */
export async function synchronize(
  memory: SyncMemory,
  ports: SyncPorts,
  offered: TokensResponse | null,
): Promise<SyncOutcome> {
  const { strict, ignoreOlderTimestamp, retryPlaceholders } = ports.switches
  const mode = strict ? 'strict' : 'lenient'
  try {
    let tokens = offered
    if (tokens === null) {
      const asked = await ports.ask({ kind: 'tokens' })
      if (asked.kind !== 'body') return unavailable(asked)
      tokens = decodeTokensResponse(asked.body, mode)
    }
    const { DeclarationsToken, Timestamp } = tokens.SyncTokens
    const at = parseTimestamp(Timestamp, mode)
    if (ignoreOlderTimestamp && memory.timestamp !== null && at < memory.timestamp) {
      return { kind: 'stopped', problem: `Cannot go by tokens: Timestamp ${Timestamp} is before that of the last ones` }
    }
    memory.timestamp = at
    if (DeclarationsToken !== memory.token) {
      const asked = await ports.ask({ kind: 'declaration-items' })
      if (asked.kind !== 'body') return unavailable(asked)
      const items = decodeDeclarationItems(asked.body, mode)
      memory.token = items.DeclarationsToken
      memory.manifest = manifestOf(items)
    } else if (!retryPlaceholders || placeholders(memory).length === 0) {
      return { kind: 'unchanged' }
    }
  } catch (error) {
    if (error instanceof ProtocolError) return { kind: 'stopped', problem: error.message }
    throw error
  }
  const failure = await fetchBodies(memory, ports)
  return failure ?? takeEffect(memory)
}

async function fetchBodies(memory: SyncMemory, ports: SyncPorts): Promise<Failure | undefined> {
  for (const [key, entry] of placeholders(memory)) {
    const { kind: declaration, identifier } = entry
    const asked = await ports.ask({ kind: 'declaration', declaration, identifier })
    if (asked.kind === 'failed') return asked
    if (asked.kind === 'body') memory.staged.set(key, ports.load(entry, asked.body))
    else memory.manifest.delete(key)
  }
  return undefined
}

/** Entries of the manifest whose body is not there. One that could not be read is there: it is not fetched again. */
function placeholders({ manifest, held, staged }: SyncMemory): readonly (readonly [string, ManifestEntry])[] {
  return [...manifest].filter(
    ([key, { serverToken }]) =>
      held.get(key)?.serverToken !== serverToken && staged.get(key)?.serverToken !== serverToken,
  )
}

function takeEffect(memory: SyncMemory): SyncOutcome {
  const before = memory.held
  const after = new Map<string, Held>()
  for (const [key, { serverToken }] of memory.manifest) {
    const found = [memory.staged.get(key), before.get(key)].find((held) => held?.serverToken === serverToken)
    if (found !== undefined) after.set(key, found)
  }
  memory.held = after
  memory.staged.clear()
  const same = before.size === after.size && [...after].every(([key, held]) => before.get(key) === held)
  return { kind: same ? 'unchanged' : 'changed' }
}

/** Tokens and manifest are always there: that a server has none is an error. */
function unavailable(asked: Exclude<Asked, { kind: 'body' }>): Failure {
  return asked.kind === 'failed' ? asked : { kind: 'failed', status: 404, retryAfter: null }
}
