import { RegexError } from './regex-error.ts'

export interface Flags {
  readonly ignoreCase: boolean
  readonly dotAll: boolean
  readonly multiline: boolean
  readonly comments: boolean
  readonly unixLines: boolean
}

/** A pattern with a position that moves forward, and the flags that hold there. */
export class Reader {
  readonly pattern: string
  flags: Flags
  at = 0
  depth = 0

  constructor(pattern: string, flags: Flags) {
    this.pattern = pattern
    this.flags = flags
  }

  get done(): boolean {
    return this.at >= this.pattern.length
  }

  get next(): string {
    return this.done ? '' : String.fromCodePoint(this.pattern.codePointAt(this.at) ?? 0)
  }

  looksAt(text: string): boolean {
    return this.pattern.startsWith(text, this.at)
  }

  skip(text: string): boolean {
    const found = this.looksAt(text)
    if (found) this.at += text.length
    return found
  }

  take(): string {
    const next = this.next
    this.at += next.length
    return next
  }

  /** Takes what a sticky expression matches here. */
  match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.at
    const found = expression.exec(this.pattern)
    if (found) this.at += found[0].length
    return found
  }

  invalid(problem: string): RegexError {
    return new RegexError('regex-invalid', `is invalid at character ${this.at + 1}: ${problem}`, this.at)
  }

  unsupported(construct: string): RegexError {
    return new RegexError('regex-unsupported', `uses ${construct}, which is not supported`, this.at)
  }
}
