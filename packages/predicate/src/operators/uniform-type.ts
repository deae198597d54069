import type { OperatorMaker } from './operator.ts'

/** `UTI-EQUALS`: type identifiers are the same whatever their case; nil is false. */
export const typeEquals: OperatorMaker = (site) => (left, right) => {
  if (left === undefined || right === undefined) return false
  if (typeof left !== 'string' || typeof right !== 'string')
    throw site.mismatch('UTI-EQUALS', 'two strings', left, right)
  return left.toLowerCase() === right.toLowerCase()
}

/** `UTI-CONFORMS-TO`: a type conforms to itself; of others only a device's database of types can tell. */
export const typeConforms: OperatorMaker = (site) => {
  const same = typeEquals(site, '')
  return (left, right, steps) => {
    if (left === undefined || right === undefined || same(left, right, steps))
      return left !== undefined && right !== undefined
    throw site.failure('type-undecidable', 'whether a type conforms to another is not decidable here')
  }
}
