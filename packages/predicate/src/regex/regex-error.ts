/** A pattern that is malformed (`regex-invalid`), beyond this matcher (`regex-unsupported`) or too large (`regex-too-large`). */
export class RegexError extends Error {
  readonly code: 'regex-invalid' | 'regex-unsupported' | 'regex-too-large'
  /** UTF-16 offset in the pattern. */
  readonly offset: number

  constructor(code: RegexError['code'], message: string, offset: number) {
    super(message)
    this.name = 'RegexError'
    this.code = code
    this.offset = offset
  }
}
