import { ProtocolError } from '../errors.ts'

export interface PlistPlace {
  /** Octets from the start of the input. */
  readonly offset: number
  /** From 1; only for XML. */
  readonly line?: number
  /** From 1, in UTF-16 code units; only for XML. */
  readonly column?: number
}

/** A property list that cannot be read, with the place where reading stopped. */
export class PlistError extends ProtocolError {
  readonly offset: number
  readonly line: number | undefined
  readonly column: number | undefined

  constructor(
    code: string,
    complaint: string,
    place: PlistPlace,
    evidence: { found?: unknown; expected?: string } = {},
  ) {
    const at = place.line === undefined ? `offset ${place.offset}` : `line ${place.line}, column ${place.column ?? 1}`
    super(code, `Cannot read property list: ${complaint} at ${at}`, { at, ...evidence })
    this.name = 'PlistError'
    this.offset = place.offset
    this.line = place.line
    this.column = place.column
  }
}
