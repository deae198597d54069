import { describe, expect, it } from 'vitest'
import { type Answer, listen } from './captured-cli.ts'
import { createClient } from './client.ts'
import { exitCodeOf } from './failure.ts'

const refused = {
  type: 'about:blank',
  title: 'Conflict',
  status: 409,
  code: 'set-in-use',
  detail: 'Cannot delete wifi: 2 still use it',
  by: ['group teachers', 'enrollment A'],
}

async function failure(answer: Answer, token: string | undefined = 'secret') {
  await using peer = await listen(() => answer)
  const client = createClient({ server: peer.url, token })
  return await client.call('get-set', { params: { name: 'wifi' } }).catch((error: unknown) => error)
}

describe('call()', () => {
  it('sends token, revision, body, and an encoded path and query', async () => {
    await using peer = await listen(() => ({ body: { revision: 7 } }))
    const client = createClient({ server: `${peer.url}/`, token: 'secret' })
    await client.call('put-enrollment-set', {
      params: { id: 'U:1/2', name: 'corp.eu' },
      body: { channel: 'user' },
      revision: '6',
    })
    await client.call('list-enrollments', { query: { q: 'a b', behind: true } })
    const [put, list] = peer.asked
    expect(put).toMatchObject({
      method: 'PUT',
      path: '/api/v1/enrollments/U%3A1%2F2/sets/corp.eu',
      headers: { authorization: 'Bearer secret', 'if-match': '"6"', 'content-type': 'application/json' },
      body: { channel: 'user' },
    })
    expect(list).toMatchObject({ method: 'GET', path: '/api/v1/enrollments?q=a+b&behind=true', body: undefined })
  })

  it('keeps the path of a server behind a prefix', async () => {
    await using peer = await listen(() => ({ body: {} }))
    await createClient({ server: `${peer.url}/edict`, token: 'x' }).call('get-settings', {})
    expect(peer.asked[0]?.path).toBe('/edict/api/v1/settings')
  })

  it('makes a problem document an error that ends with 4', async () => {
    const error = await failure({ status: 409, type: 'application/problem+json', body: refused })
    expect(error).toMatchObject({ name: 'RefusedError', problem: refused, message: refused.detail })
    expect(exitCodeOf(error)).toBe(4)
  })

  it('says where the token comes from when it is refused', async () => {
    const problem = { ...refused, status: 401, code: 'admin-token-missing' }
    const answer = { status: 401, type: 'application/problem+json', body: problem }
    expect(await failure(answer, 'other')).toMatchObject({
      problem: { remedy: expect.stringContaining('look at EDICT_ADMIN_TOKEN') },
    })
  })

  it('ends with 3 when the server cannot answer now', async () => {
    const problem = { ...refused, status: 503, code: 'store-unavailable', detail: 'Cannot reach the database' }
    expect(exitCodeOf(await failure({ status: 503, type: 'application/problem+json', body: problem }))).toBe(3)
    expect(exitCodeOf(await failure({ status: 502, type: 'text/html', body: '<html>' }))).toBe(3)
  })

  it('is not misled by something that is no Edict server', async () => {
    expect(await failure({ status: 404, type: 'text/html', body: '<html>' })).toMatchObject({
      problem: { code: 'answer-unknown', found: '<html>', remedy: expect.stringContaining('--server') },
    })
    const error = await failure({ type: 'text/html', body: '<html>' })
    expect(error).toMatchObject({ message: expect.stringContaining('it is not JSON') })
    expect(exitCodeOf(error)).toBe(3)
  })

  it('ends with 3 and says how to start a server when nothing listens', async () => {
    const peer = await listen(() => ({ body: {} }))
    await peer[Symbol.asyncDispose]()
    const error = await createClient({ server: peer.url, token: 'x' })
      .call('list-sets', {})
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      message: `Cannot reach ${peer.url}: nothing listens there`,
      remedy: expect.stringContaining('edict serve'),
    })
    expect(exitCodeOf(error)).toBe(3)
  })

  it('refuses a server that is not a URL as wrong usage', async () => {
    const error = await createClient({ server: 'localhost:8080', token: 'x' })
      .call('list-sets', {})
      .catch((thrown: unknown) => thrown)
    expect(exitCodeOf(error)).toBe(2)
  })
})
