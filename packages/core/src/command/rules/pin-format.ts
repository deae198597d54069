import type { PayloadRule } from '../../declaration/payload/payload-place.ts'
import { refusal } from '../../problem.ts'

/**
 * The PIN that a locked or erased Mac asks for has six digits: with another one nobody gets in again.
 *
 * @see apple:mdm/commands/device.lock.yaml, apple:mdm/commands/device.erase.yaml (PIN)
 */
export const pinFormat: PayloadRule = ({ value, at, name, path }) => {
  if (path.length !== 1 || path[0] !== 'PIN' || typeof value !== 'string' || /^\d{6}$/.test(value)) return []
  return [
    refusal('payload-format', `Cannot use this ${name}: it has to be six digits`, {
      at,
      found: `${value.length} characters`,
      expected: 'six digits',
      remedy: 'write six digits in quotes',
    }),
  ]
}
