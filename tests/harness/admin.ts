import {
  type EndpointBody,
  type EndpointName,
  type EndpointParams,
  type EndpointQuery,
  type EndpointResponse,
  endpointPath,
  endpoints,
  type Problem,
} from '@edict/api'

/** An administrator at the front door: typed calls over HTTP. */
export interface Admin {
  <Name extends EndpointName>(name: Name, request?: Call<Name>): Promise<EndpointResponse<Name>>
  /** The status and problem document of a call that is refused. */
  refused<Name extends EndpointName>(name: Name, request?: Call<Name>): Promise<Problem>
}

export interface Call<Name extends EndpointName> {
  readonly params?: EndpointParams<Name>
  readonly query?: EndpointQuery<Name>
  readonly body?: EndpointBody<Name>
  readonly headers?: Record<string, string>
}

export const TOKEN = 'a token of the tests'.replaceAll(' ', '-')

export function adminOf(url: string, token = TOKEN): Admin {
  const send = async (name: EndpointName, { params, query, body, headers }: Call<EndpointName> = {}) => {
    const endpoint = endpoints.find((line) => line.name === name)
    if (endpoint === undefined) throw new Error(`Cannot call ${name}: there is no such endpoint`)
    const search = new URLSearchParams(
      Object.entries((query ?? {}) as Record<string, unknown>).map(([key, value]): [string, string] => [
        key,
        String(value),
      ]),
    )
    const target = `${url}${endpointPath(endpoint.path, params as Record<string, string>)}${search.size > 0 ? `?${search}` : ''}`
    return fetch(target, {
      method: endpoint.method,
      headers: {
        // A connection kept from before a restart would fail the next call.
        connection: 'close',
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }
  const admin = async (name: EndpointName, request?: Call<EndpointName>) => {
    const response = await send(name, request)
    const answer = await response.json()
    if (!response.ok) throw new Error(`${name} was answered ${response.status}: ${JSON.stringify(answer)}`)
    return answer
  }
  const refused = async (name: EndpointName, request?: Call<EndpointName>) => {
    const response = await send(name, request)
    const answer = (await response.json()) as Problem
    if (response.ok)
      throw new Error(`${name} was answered ${response.status}, expected a refusal: ${JSON.stringify(answer)}`)
    return answer
  }
  return Object.assign(admin, { refused }) as unknown as Admin
}
