import { declarationPayload } from '@edict/catalogue'
import type { JsonObject } from '@edict/protocol'
import { expect, it } from 'vitest'
import { contradictions } from './contradictions.ts'

const of = (type: string, a: JsonObject, b: JsonObject) =>
  contradictions(a, b, declarationPayload(`com.apple.configuration.${type}`)).map(({ at, taken }) => [at, taken])

it('are values that differ and cannot both count, also inside', () => {
  const updates = (Download: string) => ({ AutomaticActions: { Download } })
  expect(of('softwareupdate.settings', updates('AlwaysOn'), updates('AlwaysOff'))).toMatchObject([
    ['/Payload/AutomaticActions/Download', expect.any(String)],
  ])
})

it('are no lists that are joined', () => {
  const items = (Name: string) => ({ StatusItems: [{ Name }] })
  expect(of('management.status-subscriptions', items('a'), items('b'))).toEqual([])
})

it('are lists of which the common part counts, where there is none', () => {
  const allowed = (...AllowedApps: readonly string[]) => ({
    Allowed: { AllowedApps: AllowedApps.map((BundleID) => ({ BundleID })) },
  })
  const apps = (a: JsonObject, b: JsonObject) => of('app.settings', a, b).length
  expect(apps(allowed('a'), allowed('b'))).toBe(1)
  expect(apps(allowed('a', 'b'), allowed('b', 'c'))).toBe(0)
})
