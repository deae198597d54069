import type { Transport } from '@edict/device'
import { httpTransport } from '@edict/simulator'

/** What becomes of a request: it is answered; it never arrives; the server does its work and the answer is lost. */
export type Fate = 'answered' | 'refused' | 'answer-lost'

/** A line to the server whose quality the story decides, request by request. */
export interface BadLine extends Transport {
  /** Asked for each request with its body as text; everything is answered until it is set. */
  fate: (body: string) => Fate
  /** Runs between a request that is answered and the answer's arrival. */
  meanwhile: (body: string) => Promise<void>
}

export function badLine(url: string): BadLine {
  const good = httpTransport(url)
  const over =
    (send: Transport['checkIn']): Transport['checkIn'] =>
    async (body, sealed) => {
      const text = Buffer.from(body).toString()
      const fate = line.fate(text)
      if (fate === 'refused') throw new Error('the line is down')
      const answer = await send(body, sealed)
      await line.meanwhile(text)
      if (fate === 'answer-lost') throw new Error('the line broke before the answer came')
      return answer
    }
  const line: BadLine = {
    fate: () => 'answered',
    meanwhile: async () => undefined,
    checkIn: over(good.checkIn),
    connect: over(good.connect),
    fetch: good.fetch,
    post: good.post,
  }
  return line
}

/** The Endpoint of a DeclarativeManagement message, or undefined. */
export function endpointOf(body: string): string | undefined {
  return /<key>Endpoint<\/key>\s*<string>([^<]*)<\/string>/.exec(body)?.[1]
}

/** Fates by turns: the first requests that match get these, everything else is answered. */
export function first(matches: (body: string) => boolean, fates: readonly Fate[]): (body: string) => Fate {
  const left = [...fates]
  return (body) => (matches(body) ? (left.shift() ?? 'answered') : 'answered')
}
