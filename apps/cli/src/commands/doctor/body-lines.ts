import { printable } from '../../printable.ts'

/** What went over the wire with one entry, as the server keeps it: JSON, perhaps cut. */
export interface SaidBodies {
  readonly request?: string
  readonly answer?: string
}

const INDENT = ' '.repeat(14)

/** Bodies as a person reads them: what the device sent, then what it was answered. */
export function bodyLines({ request, answer }: SaidBodies = {}): readonly string[] {
  return [...linesOf('→', request), ...linesOf('←', answer)]
}

function linesOf(mark: string, body: string | undefined): readonly string[] {
  if (body === undefined) return []
  const [first = '', ...more] = spread(body).split('\n').map(printable)
  return [`${INDENT}${mark} ${first}`, ...more.map((line) => `${INDENT}  ${line}`)]
}

/** Over lines, where it is whole. */
function spread(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
