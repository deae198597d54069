import type { EndpointResponse } from '@edict/api'
import type { Device } from '@edict/device'
import type { Admin } from './admin.ts'

type Condition = EndpointResponse<'get-conditions'>['items'][number]

/** What the server says of one status item of a channel. */
export async function statusOf(admin: Admin, id: string, item: string) {
  return (await admin('get-status', { params: { id } })).items[item]
}

/** What the server says of one declaration of a channel. */
export async function conditionOf(admin: Admin, id: string, identifier: string): Promise<Condition | undefined> {
  return (await admin('get-conditions', { params: { id } })).items.find((item) => item.identifier === identifier)
}

/** What a channel said to the server about declarations, by Endpoint, in order. */
export function declarative(device: Device, id = device.id): readonly string[] {
  return device.requests
    .filter(({ channel, endpoint }) => channel === id && ENDPOINT.test(endpoint))
    .map(({ endpoint }) => endpoint)
}

const ENDPOINT = /^(tokens|declaration-items|status|declaration\/)/
