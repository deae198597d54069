import type { Client } from '../client.ts'

/** What was sent between two moments. */
export interface Sent {
  readonly requests: number
  readonly seconds: number
}

/** Does something with a client that counts its requests. */
export async function measured(client: Client, work: (client: Client) => Promise<void>): Promise<Sent> {
  let requests = 0
  const from = performance.now()
  // One call for every endpoint: the types per name are the client's own.
  const call = ((name: never, input: never) => {
    requests += 1
    return client.call(name, input)
  }) as Client['call']
  await work({ ...client, call })
  return { requests, seconds: (performance.now() - from) / 1000 }
}

/** `20 requests, 0.31 s` */
export function sentText({ requests, seconds }: Sent): string {
  const took = seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`
  return `${requests} ${requests === 1 ? 'request' : 'requests'}, ${took}`
}
