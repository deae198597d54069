import https from 'node:https'
import { getCACertificates } from 'node:tls'
import type { TlsTerms } from '@edict/device'

const agents = new WeakMap<TlsTerms, https.Agent>()

/**
 * The connections of one identity: a client certificate belongs to a connection, so devices cannot share them. They end with
 * the identity.
 */
export function tlsAgent(terms: TlsTerms): https.Agent {
  const known = agents.get(terms)
  if (known !== undefined) return known
  const { authorities, pinned = false, identity } = terms
  const agent = new https.Agent({
    keepAlive: true,
    maxSockets: 4,
    scheduling: 'lifo',
    ...(authorities.length === 0 ? {} : { ca: [...(pinned ? [] : getCACertificates('default')), ...authorities] }),
    ...(identity === undefined ? {} : { cert: identity.certificate, key: identity.key }),
  })
  agents.set(terms, agent)
  return agent
}
