import { expect, it } from 'vitest'
import { readCapture } from './read-capture.ts'

const entry = (but: Record<string, unknown> = {}) => ({
  startedDateTime: '2026-05-19T10:00:01.000Z',
  time: 250,
  request: {
    method: 'PUT',
    url: 'https://mdm.example/mdm',
    headers: [{ name: 'Content-Type', value: 'application/x-apple-aspen-mdm' }],
    postData: { text: '<plist/>' },
  },
  response: { status: 200, headers: [], content: { text: 'eA==', encoding: 'base64' } },
  ...but,
})
const read = (...entries: unknown[]) => readCapture(JSON.stringify({ log: { version: '1.2', entries } }))

it('each entry is a request and its response, which say that they belong together', () => {
  expect(read(entry()).messages).toMatchObject([
    { entry: 1, direction: 'request', endpoint: 'connect', exchange: '1', status: null },
    {
      entry: 1,
      direction: 'response',
      endpoint: 'connect',
      exchange: '1',
      status: 200,
      at: Date.UTC(2026, 4, 19, 10, 0, 1, 250),
    },
  ])
})

it('a body may be base64', () => {
  expect(read(entry()).messages[1]?.body).toEqual(new Uint8Array([0x78]))
})

it('a check-in is told by its type, or by its body', () => {
  const typed = { method: 'PUT', headers: [{ name: 'content-type', value: 'application/x-apple-aspen-mdm-checkin' }] }
  const plain = { method: 'PUT', postData: { text: '<key>MessageType</key>' } }
  expect(read(entry({ request: typed }), entry({ request: plain })).messages.map(({ endpoint }) => endpoint)).toEqual(
    Array(4).fill('checkin'),
  )
})

it('GET is for what a declaration points to', () => {
  expect(read(entry({ request: { method: 'GET', url: 'https://cdn.example/a' } })).messages[0]).toMatchObject({
    endpoint: 'asset',
    url: 'https://cdn.example/a',
  })
})

it('a request that was never answered has no response', () => {
  expect(read(entry({ response: { status: 0 } })).messages).toHaveLength(1)
})

it('an entry without a time or a request is told, and the others are used', () => {
  const { messages, problems } = read(entry({ startedDateTime: 'x' }), entry({ request: undefined }), null, entry())
  expect(problems.map(({ entry: number }) => number)).toEqual([1, 2, 3])
  expect(messages).toHaveLength(2)
})

it('an archive without entries is empty, and something else is read as lines', () => {
  expect(readCapture('{"log": 5}')).toEqual({ messages: [], problems: [] })
  expect(readCapture('{"log": ').problems).toHaveLength(1)
})
