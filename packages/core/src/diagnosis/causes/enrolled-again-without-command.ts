import { type Cause, seen } from '../cause.ts'

/** An enrollment ends with everything that it brought, declarative management too. */
export const enrolledAgainWithoutCommand: Cause = {
  code: 'enrolled-again-without-command',
  number: 22,
  basis: 'field',
  summary: 'The device enrolled again, and was not given DeclarativeManagement since',
  remedy: 'forget at Authenticate what the device held, and queue DeclarativeManagement after its TokenUpdate',
  suspect({ all, said, began }) {
    if (began === null) return null
    const before = all.slice(0, all.indexOf(began))
    const offered = before.findLast((one) => one.kind === 'command' && one.requestType === 'DeclarativeManagement')
    const since = said.some(
      (one) =>
        (one.kind === 'command' && one.requestType === 'DeclarativeManagement') ||
        one.kind === 'tokens' ||
        one.kind === 'declaration-items' ||
        one.kind === 'status',
    )
    if (offered === undefined || since) return null
    return {
      weight: 'proven',
      evidence: [
        seen(offered, 'the command was given before'),
        seen(began, 'then the device enrolled again'),
        { message: 'and has not been given it since' },
      ],
    }
  },
}
