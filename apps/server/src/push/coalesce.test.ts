import { expect, it } from 'vitest'
import { coalesced } from './coalesce.ts'

interface Target {
  readonly token: string
  readonly magic: string
}

function recording() {
  const sent: string[] = []
  const open: ((result: string) => void)[] = []
  const send = coalesced(({ token, magic }: Target) => {
    sent.push(`${token} ${magic}`)
    return new Promise<string>((resolve) => open.push(resolve))
  })
  return { sent, open, send }
}

it('one push to a token is under way, and the latest of those that came meanwhile follows', async () => {
  const { sent, open, send } = recording()
  const results = ['1', '2', '3', '4'].map((magic) => send({ token: 'a', magic }))
  expect(sent).toEqual(['a 1'])
  open[0]?.('first')
  expect(await results[0]).toBe('first')
  await Promise.resolve()
  expect(sent).toEqual(['a 1', 'a 4'])
  open[1]?.('second')
  expect(await Promise.all(results.slice(1))).toEqual(['second', 'second', 'second'])
})

it('pushes to different tokens do not wait for each other', () => {
  const { sent, send } = recording()
  for (const token of ['a', 'b', 'c']) void send({ token, magic: 'm' })
  expect(sent).toEqual(['a m', 'b m', 'c m'])
})

it('a push that came to an end is no longer in the way, also of one that failed', async () => {
  let fails = true
  const send = coalesced(async ({ magic }: Target) => {
    if (fails) throw new Error('no')
    return magic
  })
  const [first, second] = [send({ token: 'a', magic: '1' }), send({ token: 'a', magic: '2' })]
  fails = false
  await expect(first).rejects.toThrow('no')
  expect(await second).toBe('2')
  expect(await send({ token: 'a', magic: '3' })).toBe('3')
})
