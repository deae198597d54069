import type { WireRule } from '../wire-rule.ts'

/** JSON that no reader has to take. */
export const jsonLimit: WireRule = {
  code: 'json-limit',
  severity: 'error',
  finds: 'JSON with more than 64 containers inside each other, or a number that no program can hold',
}
