import type { Condition, EndpointResponse } from '@edict/api'
import type { Client } from '../client.ts'

type EnrollmentSummary = EndpointResponse<'list-enrollments'>['items'][number]

/** One look at the school through the API. What is asked for twice is asked for once. */
export interface Look {
  enrollments(): Promise<ReadonlyMap<string, EnrollmentSummary>>
  /** By Identifier. */
  conditions(enrollment: string): Promise<ReadonlyMap<string, Condition>>
  /** What is known of a status item, over all channels. */
  item(name: string): Promise<ReadonlyMap<string, { readonly answer: string; readonly value: unknown }>>
}

export function look(client: Client): Look {
  const query = { limit: 1000 }
  return {
    enrollments: once(async () => {
      const { items } = await client.call('list-enrollments', { query })
      return new Map(items.map((item) => [item.id, item]))
    }),
    conditions: once(async (id: string) => {
      const { items } = await client.call('get-conditions', { params: { id } })
      return new Map(items.map((condition) => [condition.identifier, condition]))
    }),
    item: once(async (item: string) => {
      const { items } = await client.call('get-fleet-status', { params: { item }, query })
      return new Map(items.map((one) => [one.enrollment, one]))
    }),
  }
}

function once<Answer>(ask: (name: string) => Promise<Answer>): (name?: string) => Promise<Answer> {
  const asked = new Map<string, Promise<Answer>>()
  return (name = '') => {
    const answer = asked.get(name) ?? ask(name)
    asked.set(name, answer)
    return answer
  }
}
