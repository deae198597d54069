/** There was no occasion to ask. The message says why, and what would give one. */
export class NotAskable extends Error {
  override readonly name = 'NotAskable'
}
