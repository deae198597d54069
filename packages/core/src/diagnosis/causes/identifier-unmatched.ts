import { type Cause, seen } from '../cause.ts'

/** Devices put the Identifier into the Endpoint as it is. Servers that read it as a URL do not find it. */
export const identifierUnmatched: Cause = {
  code: 'identifier-unmatched',
  number: 25,
  basis: 'field',
  summary: 'An Identifier with unusual characters was asked for and not found',
  remedy:
    'take everything after the second slash of the Endpoint as it is, and decode nothing; or use letters, digits, dots, hyphens and underscores only',
  suspect({ said }) {
    const lost = said.filter(
      (one) =>
        one.kind === 'declaration' &&
        !/^[\w.-]{1,64}$/.test(one.identifier) &&
        one.answer.status !== null &&
        one.answer.status >= 400,
    )
    if (lost.length === 0) return null
    return {
      weight: 'proven',
      evidence: lost.map((one) =>
        seen(
          one,
          `${'identifier' in one ? one.identifier : ''} was answered ${'answer' in one ? one.answer.status : ''}`,
        ),
      ),
    }
  },
}
