import { type Endpoint, endpoints, PROBLEM_TYPE, Problem, problemStatus } from '@edict/api'
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { Type } from 'typebox'

type Code = keyof typeof problemStatus

const table: readonly Endpoint[] = endpoints
const PROBLEM = '#/components/schemas/Problem'

const anywhere: readonly Code[] = ['request-malformed', 'body-too-large', 'internal-error', 'store-unavailable']
const guarded: readonly Code[] = ['admin-token-missing', 'admin-token-wrong']
const IfMatch = Type.Object({
  'if-match': Type.Optional(Type.String({ description: 'The ETag of the revision that the change was planned on' })),
})

/** The contract as OpenAPI 3.1, made from its one table: no route is described by itself, and what it does not list is not. */
export function openApiOptions(version: string): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Edict',
        version,
        description: 'The admin face of an MDM server for Apple devices',
        license: { name: 'Apache-2.0' },
      },
      components: {
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      },
      security: [{ bearer: [] }],
    },
    transform: ({ url, route }) => {
      const endpoint = table.find(({ path, method }) => path === url && method === route.method)
      return { url, schema: endpoint === undefined ? { hide: true } : described(endpoint) }
    },
    transformObject: (made) => {
      if (!('openapiObject' in made)) return made.swaggerObject
      const document = made.openapiObject as Described
      for (const endpoint of table) {
        const operation = document.paths[pathOf(endpoint)]?.[endpoint.method.toLowerCase()]
        if (operation !== undefined) complete(operation, endpoint)
      }
      document.components.schemas = { ...document.components.schemas, Problem }
      return made.openapiObject
    },
  }
}

function described(endpoint: Endpoint) {
  const { name, summary, params, query, body, responses, produces = 'application/json', stream } = endpoint
  const streamed = stream === undefined ? {} : { 'text/event-stream': { schema: stream } }
  const answers = Object.entries(responses).map(([status, schema]) => [
    status,
    { description: summary, content: { [produces]: { schema }, ...streamed } },
  ])
  return {
    operationId: name,
    summary,
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { querystring: query }),
    ...(body === undefined ? {} : { body }),
    ...(endpoint.planned === true ? { headers: IfMatch } : {}),
    ...(endpoint.public === true ? { security: [] } : {}),
    response: Object.fromEntries(answers),
  }
}

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { schemas?: object }
}

interface Operation {
  requestBody?: { required?: boolean; content?: object }
  responses?: Record<string, unknown>
}

/** Adds what a route has no place for: that a body may be left out, and refusals. */
function complete(operation: Operation, endpoint: Endpoint): void {
  if (endpoint.consumes !== undefined) {
    operation.requestBody = { content: { [endpoint.consumes]: { schema: { type: 'string', format: 'binary' } } } }
  }
  if (operation.requestBody !== undefined) operation.requestBody.required = endpoint.bodyOptional !== true
  for (const [status, codes] of refusals(endpoint)) {
    const description = codes.map((code) => `\`${code}\``).join(', ')
    operation.responses = {
      ...operation.responses,
      [status]: { description, content: { [PROBLEM_TYPE]: { schema: { $ref: PROBLEM } } } },
    }
  }
}

function refusals(endpoint: Endpoint): ReadonlyMap<number, readonly Code[]> {
  const codes: Code[] = [
    ...(endpoint.public === true ? [] : [...anywhere, ...guarded]),
    ...(endpoint.planned === true ? (['revision-moved'] as const) : []),
    ...(endpoint.body === undefined ? [] : (['media-type-unsupported'] as const)),
    ...endpoint.problems,
  ]
  return Map.groupBy(new Set(codes), (code) => problemStatus[code])
}

function pathOf({ path }: Endpoint): string {
  return path.replace(/:([a-z]+)/gi, '{$1}')
}
