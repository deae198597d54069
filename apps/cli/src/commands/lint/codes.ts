import { type ProblemCode, wireRules } from '@edict/core'

/** What can be found, in words. */
export interface CodeRow {
  readonly code: string
  readonly severity: 'error' | 'warning' | 'error or warning'
  readonly finds: string
}

type Row = Omit<CodeRow, 'code'>

const error = (finds: string): Row => ({ severity: 'error', finds })
const warning = (finds: string): Row => ({ severity: 'warning', finds })
const either = (finds: string): Row => ({ severity: 'error or warning', finds })

/** The codes of declarations: what a commit says of them too. */
const ofDeclarations: Readonly<Partial<Record<ProblemCode, Row>>> = {
  'activation-all-or-nothing': warning(
    'an activation that one configuration which a target cannot have would disable as a whole',
  ),
  'activation-references': error('an activation that lists something else than configurations'),
  'asset-without-user': warning('an asset that no configuration refers to'),
  'configuration-without-activation': warning('a configuration that no activation lists: it does nothing'),
  'declaration-too-large': error('a declaration that is too large to be kept'),
  'envelope-misplaced': error('a key beside `Payload` that belongs inside, or the other way round'),
  'identifier-duplicate': error('an `Identifier` that two declarations have'),
  'identifier-kind-changed': error('an `Identifier` that belongs to a declaration of another kind'),
  'identifier-malformed': error('an `Identifier` that a device could not ask for'),
  'identifier-reserved': error('an `Identifier` that begins like those of Edict itself'),
  'number-too-large': error('an integer that JSON readers round'),
  'payload-format': error('text that does not have the form that the key asks for: a URL, a local time, Base64'),
  'payload-key-case': error('a key in another case than in the schema'),
  'payload-key-deprecated': warning('a key that is deprecated'),
  'payload-key-unavailable': either('a key that targets do not have; an error when none of them has it'),
  'payload-key-unknown': error('a key that the schema does not have, with the nearest one that it has'),
  'payload-malformed': error('a `Payload` that cannot be kept as it is, or an activation that lists nothing'),
  'payload-presence': error('a key that is required and missing'),
  'payload-range': error('a value, or a number of them, outside of what the schema allows'),
  'payload-type': error('a value of another type than in the schema'),
  'predicate-invalid': either('a predicate that does not parse, or does not say what was meant'),
  'predicate-item-unsubscribed': warning('a status item in a predicate to which nothing subscribes'),
  'predicate-misplaced': error('`Predicate` beside `Payload`: a device would always activate'),
  'properties-duplicate': warning('a property that two declarations set: a device takes either'),
  'property-set-nowhere': warning('a property in a predicate that nothing sets (see `--property`)'),
  'quotes-curly': error('typographic quotes in a predicate or a key'),
  'reference-asset-type': error('a reference to an asset of a type that the key does not take'),
  'reference-cycle': error('declarations that refer to each other in a circle'),
  'reference-kind': error('a reference to a declaration of the wrong kind'),
  'reference-missing': either('a reference to a declaration that is not there; of files alone a warning'),
  'settings-conflict': either('settings of two declarations that contradict each other on a device'),
  'type-unavailable': either('a type that targets do not have; an error when none of them has it'),
  'type-unknown': error('a `Type` that names no kind of declaration'),
  'type-unknown-to-catalogue': warning("a type that is not in Apple's schema, as far as Edict knows it"),
}

/** Every code that is said of a declaration, sorted. */
export const declarationCodes: readonly CodeRow[] = Object.entries(ofDeclarations)
  .map(([code, row]) => ({ code, ...row }))
  .sort((a, b) => (a.code < b.code ? -1 : 1))

/** Every code that is said of a message, sorted. */
export const messageCodes: readonly CodeRow[] = wireRules
  .map(({ code, severity, finds }) => ({ code, severity, finds }))
  .sort((a, b) => (a.code < b.code ? -1 : 1))

/** Every code, once. */
export const codeRows: readonly CodeRow[] = [
  ...new Map([...messageCodes, ...declarationCodes].map((row) => [row.code, row])).values(),
].sort((a, b) => (a.code < b.code ? -1 : 1))
