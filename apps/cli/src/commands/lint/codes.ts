import { type ProblemCode, wireRules } from '@edict/core'
import type { PredicateCode } from '@edict/predicate'

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
  'activation-redundant': warning(
    'an activation whose configurations another one activates already, whenever this one is active',
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
  'predicate-item-unsubscribed': warning('a status item in a predicate to which nothing subscribes'),
  'predicate-misplaced': error('`Predicate` beside `Payload`: a device would always activate'),
  'properties-duplicate': warning('a property that two declarations set: a device takes either'),
  'property-set-nowhere': warning('a property in a predicate or a variable that nothing sets (see `--property`)'),
  'quotes-curly': error('typographic quotes in a predicate or a key'),
  'reference-asset-type': error('a reference to an asset of a type that the key does not take'),
  'reference-cycle': error('declarations that refer to each other in a circle'),
  'reference-kind': error('a reference to a declaration of the wrong kind'),
  'reference-missing': either('a reference to a declaration that is not there; of files alone a warning'),
  'shard-gap': warning('numbers of @property(shard) that no activation takes, where others divide 0 to 100 by it'),
  'shard-overlap': warning('numbers of @property(shard) that two activations take, where they divide 0 to 100 by it'),
  'settings-conflict': either('settings of two declarations that contradict each other on a device'),
  'type-unavailable': either('a type that targets do not have; an error when none of them has it'),
  'type-unknown': error('a `Type` that names no kind of declaration'),
  'type-unknown-to-catalogue': warning("a type that is not in Apple's schema, as far as Edict knows it"),
  'variable-misplaced': error('a variable where none may stand: in a key, a predicate, the name of a declaration'),
  'variable-unknown': either(
    'a variable that there is not, or `${` without its end; text that was hardly meant as text, such as `$propertie.email`, is a warning',
  ),
}

/** The codes of predicates, as `edict predicate check` says them too; what is said of all declarations instead is left out. */
const ofPredicates: Readonly<Record<Exclude<PredicateCode, 'item-unsubscribed' | 'property-unknown'>, Row>> = {
  'always-false': warning('a predicate, or a part of one, that is never true: comparisons that contradict each other'),
  'always-true': warning('a predicate, or a part of one, that is never false'),
  'argument-count': error('a function with more or fewer arguments than it takes'),
  'argument-placeholder': error('a `%` outside quotes: it stands for an argument, and a declaration has none to give'),
  'backslash-lost': either("a single backslash that the string drops, as in `'\\d'`; an error in a regular expression"),
  'bare-key': warning('a bare word: a key that reads nothing on a device, mostly a string without quotes'),
  'bare-status-path': either('a status item without `@status(…)`; an error where its dash is read as a minus'),
  'cast-type': error('a CAST to a type that there is not'),
  'character-unexpected': error('a character that has no meaning in the language'),
  'count-of-nothing': warning('`@count` compared with 0 where the list can be absent: its count is nil then'),
  'damaged-text': warning('traces of copying in a string: HTML entities, a second pair of quotes'),
  'empty-needle': warning('a search for an empty string, which is never found'),
  'escape-incomplete': error('`\\x` or `\\u` without enough hexadecimal digits'),
  'function-refused': error('FUNCTION or a selector, which would call what the string names'),
  'function-unknown': error('a function that there is not'),
  'impure-function': warning('`now()` or `random()`: nothing evaluates again because time passes'),
  'integer-division': warning('an integer divided by an integer, which drops the fraction'),
  'item-key-unknown': error('an `@key(…)` that the objects of the status item do not have'),
  'item-unavailable-on-target': warning('a status item that a target does not have, and what the comparison is there'),
  'key-below-item-unknown': error('a key below a status item that it does not have'),
  'length-limit': warning('more than 10,000 characters'),
  'like-without-wildcard': warning('LIKE without `*` or `?`, which is `==`'),
  'matches-as-search': warning('MATCHES with a plain text: it is for the whole string'),
  'mixed-and-or': error('AND beside OR without parentheses; the rewrite is offered'),
  'name-missing': error('a `$` or `#` without a name after it'),
  'name-too-long': error('a name of more than 1024 characters in a term'),
  'nested-too-deeply': error('more than 128 levels'),
  'never-equal': warning('values of different types that are compared: never equal, and no error'),
  'nil-sensitive': warning('a comparison that is true where its item is absent, such as `!=`'),
  'number-malformed': error('a number that runs into a name'),
  'number-too-large': error('a number that no program can hold'),
  'operand-type': error('an operand of a type for which the operator has no answer on a device'),
  'options-on-elements': warning('`IN[c] {…}`: options do not reach the elements of a list'),
  'property-type-conflict': warning('a property that is declared with values of different types'),
  'quote-curly': error('a typographic quote'),
  'regex-invalid': error('a regular expression that is none'),
  'regex-too-large': error('a regular expression that is too large'),
  'regex-unsupported': error('a regular expression with what Edict cannot check'),
  'self-reference': warning('a predicate that reads what it switches: it can turn on and off without end'),
  'source-too-long': error('more than 65,536 characters'),
  'string-unclosed': error('a string without its closing quote'),
  syntax: error('something else than the grammar has at that place; also a reserved word as a key'),
  'term-name': error('`@status`, `@property` or `@key` without an unquoted name in parentheses'),
  'term-spelling': warning('a term in another case, or with white space inside'),
  'term-unknown': error('an `@…` that is no term of the language'),
  'translated-word': error('TRUE or FALSE in another language, as machine-translated pages have it'),
  'unbound-variable': error('a `$variable` that nothing binds'),
  undocumented: warning('`[l]`, TERNARY, CAST, UNION, INTERSECT, MINUS: in no document of Apple'),
  'unknown-status-item': error('a status item that there is not, with the nearest one'),
  'value-not-listed': warning('a text that the item never reports, mostly for its letter case'),
  'version-as-text': warning('versions in an order of text, with a counter-example and what to write'),
}

/** Every code that is said of a declaration, sorted. */
export const declarationCodes: readonly CodeRow[] = sorted(ofDeclarations)

/** Every code that is said of a predicate, sorted. */
export const predicateCodes: readonly CodeRow[] = sorted(ofPredicates)

/** Every code that is said of a message, sorted. */
export const messageCodes: readonly CodeRow[] = wireRules
  .map(({ code, severity, finds }) => ({ code, severity, finds }))
  .sort((a, b) => (a.code < b.code ? -1 : 1))

/** Every code, once. */
export const codeRows: readonly CodeRow[] = [
  ...new Map([...messageCodes, ...predicateCodes, ...declarationCodes].map((row) => [row.code, row])).values(),
].sort((a, b) => (a.code < b.code ? -1 : 1))

function sorted(rows: Readonly<Partial<Record<string, Row>>>): readonly CodeRow[] {
  return Object.entries(rows)
    .flatMap(([code, row]) => (row === undefined ? [] : [{ code, ...row }]))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
}
