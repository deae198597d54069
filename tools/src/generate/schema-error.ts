/** Where in a schema checkout something stands: the file, and the steps from its top. */
export interface SchemaPlace {
  readonly file: string
  readonly steps: readonly (string | number)[]
}

/** The schema says something that the generator does not understand; the tables would be wrong if it went on. */
export class SchemaError extends Error {
  readonly code: string
  readonly at: SchemaPlace
  readonly found: unknown
  readonly expected: string

  constructor(code: string, at: SchemaPlace, found: unknown, expected: string) {
    super(`Cannot read ${at.file} at /${at.steps.join('/')}: found ${show(found)}, expected ${expected}`)
    this.name = 'SchemaError'
    this.code = code
    this.at = at
    this.found = found
    this.expected = expected
  }
}

function show(found: unknown): string {
  if (typeof found === 'string') return JSON.stringify(found.length > 60 ? `${found.slice(0, 60)}…` : found)
  if (Array.isArray(found)) return `a list of ${found.length}`
  return typeof found === 'object' && found !== null ? `keys ${Object.keys(found).join(', ')}` : String(found)
}

export function inside(at: SchemaPlace, step: string | number): SchemaPlace {
  return { file: at.file, steps: [...at.steps, step] }
}
