import { nearest } from '@edict/catalogue'
import type { Message } from '../message.ts'
import { child } from '../pointer.ts'
import { type Dictionary, isDictionary, walkShape } from '../walk-shape.ts'
import { type Flaw, MOST_FLAWS, type ShapeRule } from '../wire-rule.ts'
import { caseTwin } from './key-case.ts'

/**
 * Devices are reported to refuse a manifest with a key too many in `Declarations` or in one of its items. An unknown key of a
 * command is shown only: new ones come with each OS.
 */
export const keyUnexpected: ShapeRule = {
  code: 'key-unexpected',
  severity: 'error',
  finds: 'a key too many: `Type` or `Payload` in an item of a manifest, a fifth array; in a command a warning',
  shape: true,
  check: (message) =>
    walkShape(message).flatMap(({ value, facts: { keys, others }, at }) => {
      if (keys === undefined || others !== undefined || !isDictionary(value)) return []
      const known = Object.keys(keys)
      const strange = Object.keys(value).filter((key) => !known.includes(key) && !meantOtherwise(key, known, value))
      return strange.slice(0, MOST_FLAWS).map((key) => flawOf(key, message, at, known))
    }),
}

/** That it is a known key in another case has a code of its own, unless the known one is there too. */
function meantOtherwise(key: string, known: readonly string[], value: Dictionary): boolean {
  const twin = caseTwin(key, known)
  return twin !== undefined && !Object.hasOwn(value, twin)
}

function flawOf(key: string, { kind }: Message, at: string, known: readonly string[]): Flaw {
  const name = key.slice(0, 80)
  const near = nearest(key, known)
  const manifest = kind === 'declaration-items'
  return {
    at: child(at, key),
    atKey: true,
    message: manifest
      ? `Cannot use the key ${name} here: a device would refuse the whole manifest`
      : `Cannot tell what ${name} is: Apple's schema has no such key here`,
    found: name,
    expected: known.slice(0, 24).join(', '),
    remedy: near === undefined ? `take ${name} out` : `perhaps ${near} was meant`,
    ...(manifest ? {} : { severity: 'warning' }),
  }
}
