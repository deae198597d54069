import type { JsonObject } from '@edict/protocol'

const marks: ReadonlySet<string> = new Set(['$data', '$date', '$integer', '$real', '$dict'])

/** Whether an object of the admin API stands for a value of a property list that JSON has no word for. */
export function isMarked(value: JsonObject): boolean {
  const [first, ...others] = Object.keys(value)
  return first !== undefined && others.length === 0 && marks.has(first)
}
