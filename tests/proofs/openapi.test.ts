import { type Endpoint, endpoints, eventTypes } from '@edict/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../harness/world.ts'

type Document = { readonly [key: string]: unknown }
type Operation = Document & {
  readonly operationId?: string
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly required?: boolean
    readonly schema?: unknown
  }[]
  readonly requestBody?: {
    readonly required?: boolean
    readonly content: { readonly [type: string]: { readonly schema: unknown } }
  }
  readonly responses: {
    readonly [status: string]: {
      readonly description?: string
      readonly content?: { readonly [type: string]: { readonly schema?: unknown } }
    }
  }
}

const table: readonly Endpoint[] = endpoints
const types = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']

/** What is wrong with a schema by JSON Schema 2020-12, as far as the keywords that are used go. */
function* flaws(schema: unknown, at: string): Generator<string> {
  if (typeof schema === 'boolean') return
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    yield `${at} is no schema: ${JSON.stringify(schema)}`
    return
  }
  const {
    type,
    required,
    properties,
    items,
    enum: values,
    anyOf,
    oneOf,
    allOf,
    additionalProperties,
    nullable,
    $ref,
  } = schema as Document
  for (const one of [type].flat()) if (one !== undefined && !types.includes(one as string)) yield `${at}/type is ${one}`
  if (nullable !== undefined) yield `${at}/nullable is of OpenAPI 3.0`
  if ($ref !== undefined && $ref !== '#/components/schemas/Problem') yield `${at}/$ref leads nowhere`
  if (values !== undefined && (!Array.isArray(values) || values.length === 0)) yield `${at}/enum is empty`
  if (required !== undefined && !(Array.isArray(required) && new Set(required).size === required.length))
    yield `${at}/required`
  for (const key of (required as string[] | undefined) ?? [])
    if (properties !== undefined && !Object.hasOwn(properties as object, key)) yield `${at}/required names ${key}`
  for (const [key, value] of Object.entries((properties as object | undefined) ?? {}))
    yield* flaws(value, `${at}/properties/${key}`)
  if (items !== undefined) yield* flaws(items, `${at}/items`)
  if (additionalProperties !== undefined) yield* flaws(additionalProperties, `${at}/additionalProperties`)
  for (const [word, list] of Object.entries({ anyOf, oneOf, allOf })) {
    if (list === undefined) continue
    if (!Array.isArray(list) || list.length === 0) yield `${at}/${word} is empty`
    else for (const [index, one] of list.entries()) yield* flaws(one, `${at}/${word}/${index}`)
  }
}

describe('the OpenAPI document', () => {
  let world: World
  let document: Document & { readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } } }
  beforeAll(async () => {
    world = await openWorld('sqlite')
    const response = await fetch(`${world.url}/openapi.json`)
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    document = (await response.json()) as typeof document
  })
  afterAll(() => world.close())

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    )
  const operationOf = ({ path, method }: Endpoint) =>
    document.paths[path.replace(/:([a-z]+)/gi, '{$1}')]?.[method.toLowerCase()]

  it('is one of OpenAPI 3.1', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
    expect(document.info).toMatchObject({ title: 'Edict', version: expect.any(String) })
  })

  it.each(table.map(({ name }) => name))('has %s, as the contract has it', (name) => {
    const endpoint = table.find((line) => line.name === name)
    if (endpoint === undefined) throw new Error(`there is no ${name}`)
    const operation = operationOf(endpoint)
    expect(operation, endpoint.path).toBeDefined()
    expect(operation).toMatchObject({ operationId: name, summary: endpoint.summary })
    const places = (operation?.parameters ?? []).map((parameter) => `${parameter.in} ${parameter.name}`)
    const keys = (schema: unknown) => Object.keys((schema as { properties?: object } | undefined)?.properties ?? {})
    expect(places).toEqual(expect.arrayContaining(keys(endpoint.params).map((key) => `path ${key}`)))
    expect(places).toEqual(expect.arrayContaining(keys(endpoint.query).map((key) => `query ${key}`)))
    expect(operation?.requestBody === undefined).toBe(endpoint.body === undefined && endpoint.consumes === undefined)
    if (endpoint.consumes !== undefined)
      expect(Object.keys(operation?.requestBody?.content ?? {})).toEqual([endpoint.consumes])
    if (endpoint.body !== undefined) {
      expect(Object.keys(operation?.requestBody?.content ?? {})).toEqual(['application/json'])
      expect(operation?.requestBody?.required ?? false).toBe(endpoint.bodyOptional !== true)
    }
    const content = operation?.responses['200']?.content ?? {}
    const streamed = endpoint.stream === undefined ? [] : ['text/event-stream']
    expect(Object.keys(content)).toEqual([endpoint.produces ?? 'application/json', ...streamed])
    for (const code of endpoint.public === true ? [] : ['401'])
      expect(Object.keys(operation?.responses ?? {})).toContain(code)
    expect(operation?.security).toEqual(endpoint.public === true ? [] : undefined)
  })

  it('has nothing else, and no two operations of one name', () => {
    expect(
      operations()
        .map(({ operation }) => operation.operationId)
        .sort(),
    ).toEqual(table.map(({ name }) => name).sort())
  })

  it('has each parameter of a path, required, and no other', () => {
    for (const { path, operation } of operations()) {
      const named = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name)
      const described = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
      expect(
        described.map(({ name }) => name),
        path,
      ).toEqual(named)
      expect(
        described.every(({ required }) => required === true),
        path,
      ).toBe(true)
    }
  })

  it('describes every answer, and refusals as problem documents', () => {
    for (const { path, operation } of operations()) {
      expect(Object.keys(operation.responses).length, path).toBeGreaterThan(0)
      for (const [status, { description, content }] of Object.entries(operation.responses)) {
        expect(description, `${path} ${status}`).toBeTypeOf('string')
        if (Number(status) >= 400) expect(Object.keys(content ?? {})).toEqual(['application/problem+json'])
      }
    }
  })

  it('has sound schemas', () => {
    const { Problem } = (document.components as { readonly schemas: { readonly Problem: unknown } }).schemas
    const found: string[] = [...flaws(Problem, 'Problem')]
    for (const { path, method, operation } of operations()) {
      const at = `${method} ${path}`
      for (const { name, schema } of operation.parameters ?? []) found.push(...flaws(schema, `${at} ${name}`))
      for (const { schema } of Object.values(operation.requestBody?.content ?? {}))
        found.push(...flaws(schema, `${at} body`))
      for (const [status, { content }] of Object.entries(operation.responses))
        for (const { schema } of Object.values(content ?? {})) found.push(...flaws(schema, `${at} ${status}`))
    }
    expect(found).toEqual([])
  })

  it('lists the types of events', () => {
    const endpoint = table.find(({ name }) => name === 'follow-events')
    const text = JSON.stringify(endpoint === undefined ? undefined : operationOf(endpoint))
    for (const type of Object.keys(eventTypes)) expect(text).toContain(`"${type}"`)
  })
})
