import { describe, expect, it } from 'vitest'
import { said } from '../planted.ts'
import { purity } from './purity.ts'

const impure: readonly (readonly [text: string, says: RegExp])[] = [
  ['export async function f() {}', /waiting/],
  ['export const f = async () => 1', /waiting/],
  ['export function f(x: Promise<number>) { return x }', /waiting/],
  ['export const t = Date.now()', /clock/],
  ['export const t = new Date()', /clock/],
  ['export const t = new Date', /clock/],
  ['export const t = Date()', /clock/],
  ['export const t = performance.now()', /clock/],
  ['export const r = Math.random()', /randomness/],
  ['export const r = crypto.randomUUID()', /randomness/],
  ['export const e = process.env', /the process/],
  ['export const e = { process }', /the process/],
  ['setTimeout(f, 1)', /timer/],
  ['globalThis.setInterval(f, 1)', /the world/],
  ["export const f = fetch('https://example.com')", /network/],
]

describe.each(['predicate', 'protocol', 'catalogue', 'core'])('in %s', (room) => {
  it.each(impure)('%s is refused', (text, says) => {
    expect(said(purity, { [`packages/${room}/src/a.ts`]: text })).toEqual([expect.stringMatching(says)])
  })
})

it('says what to do instead', () => {
  expect(said(purity, { 'packages/core/src/a.ts': '\nexport const t = Date.now()' })).toEqual([
    'packages/core/src/a.ts:2 core is pure, and this is a clock. Take `now` as an argument',
  ])
})

it('allows dates that were given, and names that only look like the world', () => {
  const text = `
    export const a = (at: number) => new Date(at)
    export const b = (batch: { process: number }) => batch.process
    export const c = { fetch: 1, process: 2 }
    export interface D { readonly process: string; fetch(): void }
    export function e(process: string) { return process }
    export function f({ crypto }: { crypto: string }) { return crypto }
  `
  expect(said(purity, { 'packages/core/src/a.ts': text })).toEqual([])
})

it('leaves tests and other rooms alone', () => {
  const text = 'export const t = Date.now()'
  expect(said(purity, { 'packages/core/src/a.test.ts': text, 'packages/store/src/a.ts': text })).toEqual([])
})
