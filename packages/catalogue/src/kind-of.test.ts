import { expect, it } from 'vitest'
import { kindOf } from './kind-of.ts'

it.each([
  ['com.apple.activation.simple', 'activation'],
  ['com.apple.configuration.passcode.settings', 'configuration'],
  ['com.apple.configuration.of.the.future', 'configuration'],
  ['com.apple.asset.data', 'asset'],
  ['com.apple.management.properties', 'management'],
])('%s is of the kind %s', (type, kind) => {
  expect(kindOf(type)).toBe(kind)
})

it.each([
  '',
  'com.apple',
  'com.apple.configuration',
  'com.apple.configuration.',
  'com.apple.configuration..settings',
  'com.apple.Configuration.legacy',
  'com.apple.credential.scep',
  'com.apple.constructor.x',
  'org.example.configuration.legacy',
])('"%s" has no kind', (type) => {
  expect(kindOf(type)).toBeUndefined()
})
