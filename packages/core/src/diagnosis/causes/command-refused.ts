import { type Cause, seen } from '../cause.ts'

/** NotNow is a delay, and the device does not remember what it refused. */
export const commandRefused: Cause = {
  code: 'command-refused',
  number: 39,
  basis: 'documented',
  summary: 'The device answered DeclarativeManagement with NotNow or an error',
  remedy:
    'after NotNow offer it again at the next connection; after an error look at its ErrorChain: iOS before 16 has it in user enrollments only',
  suspect({ last }, stage) {
    if (stage !== 'command-not-taken' || last?.result == null || last.result.status === 'Acknowledged') return null
    return { weight: 'proven', evidence: [seen(last.result, `the device answered ${last.result.status}`)] }
  },
}
