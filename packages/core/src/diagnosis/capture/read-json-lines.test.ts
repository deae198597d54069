import { describe, expect, it } from 'vitest'
import { readJsonLines } from './read-json-lines.ts'

const line = (but: Record<string, unknown> = {}) =>
  JSON.stringify({
    at: '2026-05-19T10:00:01.120Z',
    direction: 'request',
    endpoint: 'checkin',
    body: '<plist/>',
    ...but,
  })
const read = (...lines: string[]) => readJsonLines(lines.join('\n'))

it('a line becomes a message, with its number and its octets', () => {
  const { messages, problems } = read(line({ headers: { 'Content-Type': 'x' }, exchange: 'a' }))
  expect(problems).toEqual([])
  expect(messages).toMatchObject([
    { entry: 1, at: Date.UTC(2026, 4, 19, 10, 0, 1, 120), direction: 'request', endpoint: 'checkin', exchange: 'a' },
  ])
  expect(messages[0]?.headers).toEqual({ 'content-type': 'x' })
  expect(new TextDecoder().decode(messages[0]?.body ?? undefined)).toBe('<plist/>')
})

it('a body may be base64, or missing', () => {
  const { messages } = read(line({ body: { $data: 'AAH/' } }), line({ body: undefined }))
  expect(messages.map(({ body }) => body)).toEqual([new Uint8Array([0, 1, 255]), null])
})

it('empty lines and remarks are passed over, and count', () => {
  expect(read('', '# what it is', line()).messages).toMatchObject([{ entry: 3 }])
})

describe('a line that cannot be used is told, and the others are used:', () => {
  it.each([
    ['no JSON', '{'],
    ['no object', '[1]'],
    ['a time that is none', line({ at: 'yesterday' })],
    ['a direction that is neither', line({ direction: 'up' })],
    ['an endpoint that is not known', line({ endpoint: 'mdm' })],
    ['a response without a status', line({ direction: 'response' })],
    ['a status that is none', line({ direction: 'response', status: 7 })],
    ['a body that is neither', line({ body: 5 })],
  ])('%s', (_name, text) => {
    const { messages, problems } = read(text, line())
    expect(messages).toHaveLength(1)
    expect(problems).toMatchObject([
      { entry: 1, message: expect.stringContaining('line 1'), expected: expect.anything() },
    ])
  })
})
