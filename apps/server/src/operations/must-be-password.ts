import { AdminError } from '../admin/problem.ts'

/** NIST SP 800-63B: eight characters at least, and nothing about which ones. */
const SHORTEST = 8
/** Octets. */
const LONGEST = 1024

/** @throws AdminError `password-unsuitable`, which does not repeat it */
export function mustBePassword(password: string): void {
  if ([...password].length >= SHORTEST && Buffer.byteLength(password) <= LONGEST) return
  throw new AdminError('password-unsuitable', 'Cannot use this password: it is too short or too long', {
    at: '/password',
    expected: `from ${SHORTEST} characters to ${LONGEST} octets`,
  })
}
