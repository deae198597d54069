import { encodePlist, type PlistDict } from '@edict/protocol'
import { lintMessage } from '../lint-message.ts'
import type { Hint } from '../message.ts'
import type { WireCode, WireProblem } from '../wire-problem.ts'

/** A message for a test: text as it is, octets as they are, a property list from its dictionary. */
export type Given = string | Uint8Array | { readonly plist: PlistDict }

/** The problems with this code that a message has, as `pointer line:column`. */
export function found(code: WireCode, given: Given, hint: Hint = {}): readonly string[] {
  return problems(given, hint)
    .filter((problem) => problem.code === code)
    .map(({ at, place }) => (place === undefined ? at : `${at} ${place.line}:${place.column}`.trim()))
}

/** Every code that a message has, in order. */
export function codes(given: Given, hint: Hint = {}): readonly WireCode[] {
  return problems(given, hint).map(({ code }) => code)
}

export function problems(given: Given, hint: Hint = {}): readonly WireProblem[] {
  return lintMessage(octets(given), hint).problems
}

export function octets(given: Given): Uint8Array {
  if (typeof given === 'string') return new TextEncoder().encode(given)
  return given instanceof Uint8Array ? given : encodePlist(given.plist)
}
