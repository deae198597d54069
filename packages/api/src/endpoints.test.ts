import { describe, expect, it } from 'vitest'
import { type Endpoint, endpointPath } from './endpoint.ts'
import type { EndpointBody, EndpointParams, EndpointQuery, EndpointResponse } from './endpoint-parts.ts'
import { endpoints } from './endpoints.ts'
import { fingerprint } from './fingerprint.ts'
import { eventTypes } from './resources/event.ts'

const table: readonly Endpoint[] = endpoints

describe('the admin contract', () => {
  it('says so when it changes', () => {
    // Changed? Add a line to docs/api-history.md.
    expect(fingerprint({ endpoints, eventTypes })).toBe('8409d7af757644b8')
  })

  it('has one endpoint per name, and per method and path', () => {
    expect(new Set(table.map(({ name }) => name)).size).toBe(table.length)
    expect(new Set(table.map(({ method, path }) => `${method} ${path}`)).size).toBe(table.length)
  })

  it('describes every parameter in a path, and no other', () => {
    for (const { path, params } of table) {
      const named = [...path.matchAll(/:([a-z]+)/gi)].map(([, name]) => name)
      const described = (params as { properties?: object } | undefined)?.properties ?? {}
      expect(Object.keys(described), path).toEqual(named)
    }
  })

  it('takes If-Match on writes only, and writes with GET nowhere', () => {
    for (const { name, method, write, planned } of table) {
      expect(write, name).toBe(method !== 'GET')
      if (planned) expect(write, name).toBe(true)
    }
  })

  it('is public outside /api/v1 only', () => {
    for (const { path, public: open } of table) expect(open ?? false, path).toBe(!path.startsWith('/api/v1/'))
  })

  it('gives types to those who call it by name', () => {
    const body: EndpointBody<'put-declaration'> = { Type: 'com.apple.activation.simple', Payload: {} }
    const params: EndpointParams<'put-enrollment-set'> = { id: 'A:B', name: 'wifi' }
    const query: EndpointQuery<'list-enrollments'> = { behind: true, platform: 'iOS' }
    const none: EndpointBody<'get-set'> = undefined
    const sets: readonly string[] = ['wifi']
    const set: EndpointResponse<'get-set'> = {
      name: 'school',
      declarations: sets,
      implied: [],
      usedBy: { groups: sets, enrollments: 0 },
    }
    expect([body, params, query, none, set]).toHaveLength(5)
  })
})

describe('endpointPath()', () => {
  it('encodes ids with a colon or a slash', () => {
    expect(endpointPath('/api/v1/enrollments/:id/move-to/:other', { id: 'U:1', other: 'a/b' })).toBe(
      '/api/v1/enrollments/U%3A1/move-to/a%2Fb',
    )
  })

  it('refuses a path without its parameters', () => {
    expect(() => endpointPath('/api/v1/sets/:name')).toThrow('Cannot make path /api/v1/sets/:name: name is missing')
  })
})
