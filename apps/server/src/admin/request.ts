import type { EndpointBody, EndpointName, EndpointParams, EndpointQuery, EndpointResponse } from '@edict/api'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Write } from '../operations/commit.ts'
import type { Services } from '../services.ts'

/** One request of an administrator, checked against the contract. */
export interface AdminRequest<Name extends EndpointName> {
  readonly params: EndpointParams<Name>
  readonly query: EndpointQuery<Name>
  readonly body: EndpointBody<Name>
  /** Who writes what, for the plan and the audit log. */
  readonly write: Write
  readonly raw: FastifyRequest
  readonly reply: FastifyReply
}

/** What answers an endpoint: its resource, or nothing when it took over the reply. */
export type Handler<Name extends EndpointName> = (
  request: AdminRequest<Name>,
  services: Services,
) => Promise<EndpointResponse<Name> | undefined>

export type Handlers<Names extends EndpointName> = { readonly [Name in Names]: Handler<Name> }
