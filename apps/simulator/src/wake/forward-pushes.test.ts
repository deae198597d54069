import { mkdtempSync, symlinkSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { manualClock } from '@edict/device'
import { afterEach, describe, expect, it } from 'vitest'
import type { Push } from '../apns/push.ts'
import { forwardPushes } from './forward-pushes.ts'
import { openMeetingPlace } from './meeting-place.ts'

const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** A door that knows some tokens. */
async function door(known: readonly string[]) {
  const asked: { readonly url: string | undefined; readonly tokens: readonly string[] }[] = []
  const server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString())
    const tokens: string[] = (body.pushes ?? [body]).map(({ token }: Push) => token)
    asked.push({ url: request.url, tokens })
    response.end(JSON.stringify({ unknown: tokens.filter((token) => !known.includes(token)) }))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const push = (token: string, expires = 0): Push => ({ token, topic: 't', magic: 'm', expires })

function forwarding(doors: () => readonly string[]) {
  const clock = manualClock(0)
  const problems: string[] = []
  const made = forwardPushes({ doors: async () => doors(), clock, onProblem: (url) => problems.push(url) })
  return { clock, problems, made }
}

describe('pushes that are forwarded', () => {
  it('go together, first to one door, what is nobody’s there to the next', async () => {
    const first = await door(['a'])
    const second = await door(['b'])
    const { made } = forwarding(() => [first.url, `${second.url}/push`])
    for (const token of ['a', 'b', 'a']) made.push(push(token))
    await made.idle()
    expect(first.asked).toEqual([{ url: '/push', tokens: ['a', 'b'] }])
    expect(second.asked).toEqual([{ url: '/push', tokens: ['b'] }])
    expect(made.kept).toBe(0)
  })

  it('to nobody are kept until they expire, the last for each token', async () => {
    const known: string[] = []
    const { url, asked } = await door(known)
    const { made, clock } = forwarding(() => [url])
    for (const one of [push('x', 5_000), push('x', 9_000), push('y', 500), push('z')]) made.push(one)
    await made.idle()
    expect(made.kept).toBe(2)
    clock.advance(1_000)
    await made.idle()
    expect([asked.at(-1)?.tokens, made.kept]).toEqual([['x'], 1])
    known.push('x')
    clock.advance(1_000)
    await made.idle()
    expect([made.kept, clock.next()]).toEqual([0, undefined])
  })

  it('are kept when nobody is behind the door, and are brought when somebody is', async () => {
    const { url, asked } = await door(['x'])
    let doors = ['http://127.0.0.1:1']
    const { made, clock, problems } = forwarding(() => doors)
    made.push(push('x', 60_000))
    await made.idle()
    expect(problems).toEqual(['http://127.0.0.1:1'])
    doors = [url]
    clock.advance(1_000)
    await made.idle()
    expect([asked.length, made.kept]).toEqual([1, 0])
  })
})

describe('a meeting place', () => {
  it('names the doors that are announced and not taken back', async () => {
    const place = await openMeetingPlace(join(mkdtempSync(join(tmpdir(), 'edict-meet-')), 'doors'))
    const leave = await place.announce('http://127.0.0.1:1')
    await place.announce('http://127.0.0.1:2')
    expect([...(await place.doors())].sort()).toEqual(['http://127.0.0.1:1', 'http://127.0.0.1:2'])
    await leave()
    expect(await place.doors()).toEqual(['http://127.0.0.1:2'])
    await place.forget('http://127.0.0.1:2')
    expect(await place.doors()).toEqual([])
  })

  it('is not taken from where somebody else points', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'edict-meet-'))
    symlinkSync(folder, join(folder, 'link'))
    await expect(openMeetingPlace(join(folder, 'link'))).rejects.toThrow('expected a folder of this user')
  })
})
