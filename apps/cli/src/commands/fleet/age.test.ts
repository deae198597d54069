import { expect, it } from 'vitest'
import { ageOf } from './age.ts'

const NOW = '2026-09-10T08:00:00.000Z'

it.each([
  ['2026-09-10T07:59:20.500Z', '39 s'],
  ['2026-09-10T07:48:00.000Z', '12 min'],
  ['2026-09-10T03:00:00.000Z', '5 h'],
  ['2026-09-08T09:00:00.000Z', '47 h'],
  ['2026-09-01T08:00:00.000Z', '9 d'],
  ['2023-09-10T08:00:00.000Z', '3 y'],
  ['2026-09-10T08:00:01.000Z', '0 s'],
  [null, '–'],
])('%s is %s ago', (moment, text) => expect(ageOf(moment, NOW)).toBe(text))
