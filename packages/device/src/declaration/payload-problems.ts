import { compareVersions, type Platform, type ValueFacts } from '@edict/catalogue'
import { isJsonObject, type Json } from '@edict/protocol'
import { valueAt } from '../json-object.ts'

export interface PayloadProblems {
  /** Key paths that the schema does not know. */
  readonly unknown: string[]
  /** Key paths that this platform or OS version does not have. */
  readonly unsupported: string[]
  /** What is missing or of another type, in words. */
  readonly malformed: string[]
}

interface Here {
  readonly platform: Platform
  readonly osVersion: string
}

/** Compares a payload with what the schema says about it, as a device does when it reads one. */
export function payloadProblems(payload: Json, facts: ValueFacts, here: Here): PayloadProblems {
  const problems: PayloadProblems = { unknown: [], unsupported: [], malformed: [] }
  walk(payload, facts, '', here, problems)
  return problems
}

function walk(value: Json, facts: ValueFacts, at: string, here: Here, problems: PayloadProblems): void {
  if (!hasType(value, facts)) {
    problems.malformed.push(`The key “${at}” has an invalid type`)
  } else if (Array.isArray(value)) {
    const { item } = facts
    if (item !== undefined)
      for (const [index, element] of value.entries()) walk(element, item, `${at}[${index}]`, here, problems)
  } else if (isJsonObject(value)) {
    walkObject(value, facts, at, here, problems)
  } else if (facts.rangelist !== undefined && !facts.rangelist.some((allowed) => allowed === value)) {
    problems.malformed.push(`The key “${at}” has an invalid value`)
  }
}

function walkObject(
  object: Readonly<Record<string, Json>>,
  { keys, others }: ValueFacts,
  at: string,
  here: Here,
  problems: PayloadProblems,
): void {
  if (keys === undefined && others === undefined) return
  const path = (key: string): string => (at === '' ? key : `${at}.${key}`)
  for (const [key, value] of Object.entries(object)) {
    const facts = keys !== undefined && Object.hasOwn(keys, key) ? keys[key] : others
    if (facts === undefined) problems.unknown.push(path(key))
    else if (!availableHere(facts, here)) problems.unsupported.push(path(key))
    else walk(value, facts, path(key), here, problems)
  }
  for (const [key, facts] of Object.entries(keys ?? {})) {
    if (facts.presence === 'required' && availableHere(facts, here) && valueAt(object, key) === undefined) {
      problems.malformed.push(`The key “${path(key)}” is required`)
    }
  }
}

function availableHere({ availability }: ValueFacts, { platform, osVersion }: Here): boolean {
  const facts = availability?.[platform]
  if (facts === undefined) return true
  if (facts === 'n/a') return false
  return facts.introduced === undefined || compareVersions(osVersion, facts.introduced) >= 0
}

function hasType(value: Json, { type }: ValueFacts): boolean {
  switch (type) {
    case 'any':
      return true
    case 'string':
    case 'date':
    case 'data':
      return typeof value === 'string'
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return typeof value === 'number'
    case 'array':
      return Array.isArray(value)
    case 'dictionary':
      return isJsonObject(value)
  }
}
