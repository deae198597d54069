import { PkiError } from '../pki-error.ts'

/** The code with which something is refused; undefined when it is not. Anything but a PkiError is passed on. */
export function codeOf(attempt: () => unknown): string | undefined {
  try {
    attempt()
    return undefined
  } catch (error) {
    if (error instanceof PkiError) return error.code
    throw error
  }
}

/** The same for what takes its time. */
export async function laterCodeOf(attempt: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await attempt()
    return undefined
  } catch (error) {
    if (error instanceof PkiError) return error.code
    throw error
  }
}
