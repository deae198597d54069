import { declarationPayload, kindOf, type Platform } from '@edict/catalogue'
import { type Declaration, type DeclarationKind, decodeDeclaration, ProtocolError } from '@edict/protocol'
import type { Capabilities } from '../capabilities.ts'
import { interned } from '../interned.ts'
import type { Switches } from '../switches.ts'
import type { Held, Load } from './held.ts'
import { payloadProblems } from './payload-problems.ts'
import { type Named, reasons } from './reasons.ts'

/** What reading a body depends on. */
export interface Reader {
  readonly capabilities: Capabilities
  readonly platform: Platform
  readonly osVersion: string
  readonly switches: Switches
}

interface ManifestEntry extends Named {
  readonly kind: DeclarationKind
}

const decoder = new TextDecoder()

/** Devices of a fleet hold the same declarations: they share the one that was read first. */
const read = interned((text: string): Declaration | null => {
  try {
    return decodeDeclaration(new TextEncoder().encode(text))
  } catch (error) {
    if (error instanceof ProtocolError) return null
    throw error
  }
})

/** Reads the body that was fetched for an entry of the manifest. Never fails: what is wrong is in `load`. */
export function loadBody(entry: ManifestEntry, body: Uint8Array, reader: Reader): Held {
  return loaded(entry, read(decoder.decode(body)), reader)
}

/** Judges a declaration anew, after something that decides about it has changed. */
export function loaded(
  { kind, identifier, serverToken }: ManifestEntry,
  declaration: Declaration | null,
  reader: Reader,
): Held {
  const entry = { kind, identifier, serverToken }
  return { ...entry, declaration, load: judge(entry, declaration, reader) }
}

function judge(entry: ManifestEntry, declaration: Declaration | null, reader: Reader): Load {
  if (declaration === null || kindOf(declaration.Type) !== entry.kind) {
    return { loaded: false, fits: false, reasons: [reasons.invalidPayload(entry)] }
  }
  const { Type, Payload, Identifier, ServerToken } = declaration
  const differs = Identifier !== entry.identifier || ServerToken !== entry.serverToken
  if (differs && reader.switches.bodyMustMatchManifest) {
    return { loaded: false, fits: false, reasons: [reasons.invalidPayload(entry)] }
  }
  const { types, elsewhere } = reader.capabilities
  if (!types.has(Type) && !elsewhere.has(Type)) {
    return { loaded: false, fits: false, reasons: [reasons.unknownDeclarationType(Type)] }
  }
  const facts = declarationPayload(Type)
  const { unknown, unsupported, malformed } =
    facts === undefined ? { unknown: [], unsupported: [], malformed: [] } : payloadProblems(Payload, facts, reader)
  const refuses = reader.switches.unknownPayloadKeys === 'refuse' && unknown.length > 0
  const [problem] = malformed
  return {
    loaded: problem === undefined && !refuses,
    fits: types.has(Type),
    reasons: [
      ...(problem === undefined ? [] : [deserialization(entry, problem)]),
      ...(unknown.length === 0 ? [] : [reasons.unknownPayloadKeys(unknown)]),
      ...(unsupported.length === 0 ? [] : [reasons.unsupportedSettings(unsupported)]),
      ...(types.has(Type) ? [] : [reasons.configurationNotSupported(entry)]),
    ],
  }
}

function deserialization(entry: ManifestEntry, problem: string): Load['reasons'][number] {
  return entry.kind === 'configuration'
    ? reasons.configurationCannotBeDeserialized(problem)
    : reasons.invalidPayload(entry)
}
