import { expect } from 'vitest'
import { TOKEN } from './admin.ts'
import { eventually } from './eventually.ts'
import type { World } from './world.ts'

export interface Received {
  readonly id: number
  readonly event: string
  readonly data: { readonly type: string; readonly at: string; readonly enrollment?: string; readonly entry?: number }
}

/** Somebody who follows server-sent events. */
export class Follower {
  readonly #abort = new AbortController()
  #text = ''

  static async of(world: World, path: string, { after }: { readonly after?: number } = {}) {
    const follower = new Follower()
    const response = await fetch(`${world.url}${path}`, {
      signal: follower.#abort.signal,
      headers: {
        accept: 'text/event-stream',
        authorization: `Bearer ${TOKEN}`,
        ...(after === undefined ? {} : { 'last-event-id': String(after) }),
      },
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(response.headers.get('cache-control')).toBe('no-store')
    void follower.#read(response)
    // The first comment says that whatever is committed from here on will come.
    await eventually('the stream began', () => follower.#text.startsWith(':'))
    return follower
  }

  async #read(response: Response): Promise<void> {
    const decoder = new TextDecoder()
    try {
      for await (const chunk of response.body ?? []) this.#text += decoder.decode(chunk as Uint8Array, { stream: true })
    } catch {
      // It was told to stop.
    }
  }

  get received(): readonly Received[] {
    return this.#text
      .split('\n\n')
      .slice(0, -1)
      .filter((block) => block.startsWith('id: '))
      .map((block) => {
        const fields = new Map(
          block
            .split('\n')
            .map((line): [string, string] => [line.split(': ', 1)[0] ?? '', line.slice(line.indexOf(': ') + 2)]),
        )
        return {
          id: Number(fields.get('id')),
          event: fields.get('event') ?? '',
          data: JSON.parse(fields.get('data') ?? ''),
        }
      })
  }

  async until(what: string, seen: (received: readonly Received[]) => boolean): Promise<readonly Received[]> {
    await eventually(what, () => seen(this.received))
    return this.received
  }

  stop(): void {
    this.#abort.abort()
  }
}
