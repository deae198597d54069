import type { Json } from './json.ts'

/** What a status item gives as an array: absent is empty, and one value stands for an array of it. */
export function statusList(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
