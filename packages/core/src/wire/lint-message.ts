import {
  decodeJson,
  decodePlist,
  isPlistDict,
  type Json,
  PlistError,
  type PlistValue,
  ProtocolError,
} from '@edict/protocol'
import { besideOf } from './beside.ts'
import { detectJson, detectPlist } from './detect.ts'
import { embeddedData } from './embedded.ts'
import { jsonLocator, type Locate, locatorOf } from './locate.ts'
import { type Hint, isJsonKind, type Message, type MessageKind, messageNames } from './message.ts'
import { type Place, placesOf } from './place.ts'
import { plistPlaces } from './plist-places.ts'
import { readJson } from './read-json.ts'
import { isEncoded } from './rules/data-encoded-twice.ts'
import { jsonDoubleEncoded } from './rules/json-double-encoded.ts'
import { jsonKeyTwice, keysTwice } from './rules/json-key-twice.ts'
import { messageNotAsked } from './rules/message-not-asked.ts'
import { messageUnknown } from './rules/message-unknown.ts'
import { plistSyntax } from './rules/plist-syntax.ts'
import { jsonRules, octetRules, plistRules, shapeRules, textRules } from './rules.ts'
import type { WireProblem } from './wire-problem.ts'
import { type Flaw, MOST_FLAWS, type WireRule } from './wire-rule.ts'

/** What was found in a message. */
export interface Linted {
  /** What it is, told by its content. */
  readonly kind: MessageKind | 'unknown'
  readonly problems: readonly WireProblem[]
  /** What was read; undefined when it could not be. JSON with known slips is read as it was meant. */
  readonly content: Json | PlistValue | undefined
  /** The text, without a byte order mark; undefined for a binary property list and other octets. */
  readonly text: string | undefined
  /** The text as it was read: known slips of JSON mended, nothing moved. */
  readonly mended: string | undefined
  readonly locate: Locate
}

/**
 * Checks one message of device management, ours or anyone's: JSON of declarative management, or a property list. What it is
 * is told by its content. Never throws, whatever the octets are.
 */
export function lintMessage(bytes: Uint8Array, hint: Hint = {}): Linted {
  const nothing = { content: undefined, text: undefined, mended: undefined, locate: nowhere }
  const unread = { ...nothing, kind: hint.kind ?? ('unknown' as const) }
  const octets = octetRules.flatMap((rule) => rule.check(bytes, hint.kind).map((flaw) => problemOf(rule, flaw)))
  if (octets.length > 0) return { ...unread, problems: octets }
  if (isSigned(bytes)) return { ...unread, kind: 'profile', problems: [] }
  if (isBinaryPlist(bytes)) return lintPlist(bytes, undefined, hint, [])
  const problems = textRules.flatMap((rule) => rule.check(bytes, hint.kind).map((flaw) => problemOf(rule, flaw)))
  if (problems.some(({ severity }) => severity === 'error')) return { ...unread, problems }
  const text = new TextDecoder().decode(bytes)
  return /^\s*<(?:[?!]|plist)/.test(text) ? lintPlist(bytes, text, hint, problems) : lintJson(text, hint, problems)
}

function lintJson(text: string, hint: Hint, before: readonly WireProblem[]): Linted {
  const read = readJson(text)
  const locate = jsonLocator(read.text)
  const place = placesOf(read.text)
  const problems = [
    ...before,
    ...read.flaws.map((flaw) => problemOf(flaw.rule, flaw, place(flaw.offset))),
    ...(read.value === undefined
      ? []
      : keysTwice(read.text)
          .slice(0, MOST_FLAWS)
          .map(({ key, at, offset }) =>
            problemOf(
              jsonKeyTwice,
              { at, message: `Cannot tell which ${key} counts: it stands twice`, found: key },
              place(offset),
            ),
          )),
  ]
  const as = { text, mended: read.text, locate }
  if (read.value === undefined) return { ...as, kind: hint.kind ?? 'unknown', content: undefined, problems }
  const { value, twice } = decodedTwice(read.value)
  if (twice) problems.push(problemOf(jsonDoubleEncoded, encodedTwice, locate('')))
  const found = detectJson(value)
  // What stands inside a string has no place of its own.
  const inner = twice ? () => locate('') : locate
  return {
    ...as,
    locate: inner,
    content: value,
    ...judged(found, hint, problems, inner, (kind) =>
      isJsonKind(kind) ? { kind, root: value, beside: besideOf(hint) } : undefined,
    ),
  }
}

const encodedTwice: Flaw = {
  at: '',
  message: 'Cannot read this JSON: it is a string with JSON inside, encoded twice',
  found: 'a string',
  expected: 'a dictionary',
  remedy: 'encode it once',
}

function decodedTwice(value: Json): { readonly value: Json; readonly twice: boolean } {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return { value, twice: false }
  try {
    return { value: decodeJson(value, { bigIntegers: 'round' }), twice: true }
  } catch (error) {
    if (error instanceof ProtocolError) return { value, twice: false }
    throw error
  }
}

function lintPlist(bytes: Uint8Array, text: string | undefined, hint: Hint, before: readonly WireProblem[]): Linted {
  const locate = text === undefined ? nowhere : locatorOf(text, () => plistPlaces(text))
  const as = { text, mended: text, locate }
  let value: PlistValue
  try {
    value = decodePlist(bytes)
  } catch (error) {
    if (!(error instanceof PlistError)) throw error
    const { message, line, column = 1, expected, found } = error
    const said = message.replace(/ at (?:line \d+, column \d+|offset \d+)$/, '')
    const flaw = { at: '', message: said, ...(found === undefined ? {} : { found }) }
    const place = line === undefined ? undefined : { offset: 0, line, column }
    const problem = problemOf(plistSyntax, { ...flaw, ...(expected === undefined ? {} : { expected }) }, place)
    return { ...as, kind: hint.kind ?? 'unknown', content: undefined, problems: [...before, problem] }
  }
  if (!isPlistDict(value)) {
    const flaw = {
      at: '',
      message: 'Cannot read this property list: its root is no dictionary',
      expected: 'a dictionary',
    }
    const problem = problemOf(plistSyntax, flaw, locate(''))
    return { ...as, kind: hint.kind ?? 'unknown', content: value, problems: [...before, problem] }
  }
  const root = value
  return {
    ...as,
    content: root,
    ...judged(detectPlist(root), hint, before, locate, (kind) => (isJsonKind(kind) ? undefined : { kind, root })),
  }
}

/** Runs the checks for what it is, or says that it is nothing or something else. */
function judged(
  found: MessageKind | undefined,
  hint: Hint,
  before: readonly WireProblem[],
  locate: Linted['locate'],
  messageOf: (kind: MessageKind) => Message | undefined,
): Pick<Linted, 'kind' | 'problems'> {
  const kind = kindOfBoth(found, hint.kind)
  if (kind === undefined) {
    const flaw = { at: '', message: 'Cannot tell what this is: it has the keys of no message of device management' }
    return { kind: 'unknown', problems: [...before, problemOf(messageUnknown, flaw, locate(''))] }
  }
  const message = kind === 'other' ? undefined : messageOf(kind)
  if (message === undefined) {
    const name = found === undefined ? 'something else' : messageNames[found]
    const flaw = {
      at: '',
      message: `Cannot take this for ${messageNames[hint.kind ?? 'draft']}: it is ${name}`,
      found: found ?? 'unknown',
      expected: hint.kind ?? 'a message',
    }
    return { kind: found ?? 'unknown', problems: [...before, problemOf(messageNotAsked, flaw, locate(''))] }
  }
  return { kind: message.kind, problems: [...before, ...checked(message, locate)] }
}

function kindOfBoth(found: MessageKind | undefined, asked: MessageKind | undefined): MessageKind | 'other' | undefined {
  if (asked === undefined || found === undefined || asked === found) return asked ?? found
  const declarations: readonly MessageKind[] = ['declaration', 'draft']
  return declarations.includes(asked) && declarations.includes(found) ? asked : 'other'
}

function checked(message: Message, locate: Linted['locate']): readonly WireProblem[] {
  const shown = (rule: WireRule, flaws: readonly Flaw[]) =>
    flaws.slice(0, MOST_FLAWS).map((flaw) => problemOf(rule, flaw, locate(flaw.at, flaw.atKey)))
  const shape = shapeRules.flatMap((rule) => shown(rule, rule.check(message)))
  if (!isPlist(message)) {
    const rules = jsonRules.filter(({ kinds }) => kinds.includes(message.kind))
    return [...shape, ...rules.flatMap((rule) => shown(rule, rule.check(message)))]
  }
  const rules = plistRules.filter(({ plists }) => plists.includes(message.kind))
  return [...shape, ...rules.flatMap((rule) => shown(rule, rule.check(message))), ...inData(message, locate)]
}

function isPlist(
  message: Message,
): message is Extract<Message, { readonly kind: 'command' | 'check-in' | 'connect' | 'profile' }> {
  return !isJsonKind(message.kind)
}

/** What is wrong with the JSON inside a property list, shown where it stands. */
function inData(
  message: Extract<Message, { kind: 'command' | 'check-in' | 'connect' | 'profile' }>,
  locate: Linted['locate'],
) {
  const embedded = embeddedData(message.root, message.kind)
  if (embedded === undefined || isEncoded(embedded.bytes)) return []
  const { at, kind, bytes } = embedded
  return lintMessage(bytes, { kind }).problems.map(({ place: _inside, ...problem }): WireProblem => {
    const place = locate(at)
    return { ...problem, at: `${at}${problem.at}`, ...(place === undefined ? {} : { place }) }
  })
}

function problemOf({ code, severity }: WireRule, flaw: Flaw, place?: Place): WireProblem {
  const { at, message, found, expected, remedy } = flaw
  return {
    code,
    severity: flaw.severity ?? severity,
    message,
    at,
    ...(place === undefined ? {} : { place }),
    ...(found === undefined ? {} : { found }),
    ...(expected === undefined ? {} : { expected }),
    ...(remedy === undefined ? {} : { remedy }),
  }
}

function nowhere(): undefined {
  return undefined
}

function isBinaryPlist(bytes: Uint8Array): boolean {
  return [0x62, 0x70, 0x6c, 0x69, 0x73, 0x74].every((octet, index) => bytes[index] === octet)
}

/** A profile inside a signature (CMS, in DER or BER). */
function isSigned(bytes: Uint8Array): boolean {
  return bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80
}
