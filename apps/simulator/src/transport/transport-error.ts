/** No answer came. `code` is `unreachable`, `timeout`, `answer-too-large` or `redirected-too-often`. */
export class TransportError extends Error {
  readonly code: string
  readonly url: string

  constructor(code: string, url: string, found: string, cause?: unknown) {
    super(`Cannot get an answer from ${url}: ${found}`, { cause })
    this.name = 'TransportError'
    this.code = code
    this.url = url
  }
}
