import { expect, it } from 'vitest'
import { type Content, serverToken } from './server-token.ts'

const content: Content = {
  kind: 'configuration',
  identifier: 'passcode',
  type: 'com.apple.configuration.passcode.settings',
  payload: '{"MinimumLength":6}',
  reapply: 0,
}

it('is 64 octets, the most that Apple allows', () => {
  expect(serverToken(content)).toMatch(/^[0-9a-f]{64}$/)
})

it('is the same for the same content, and another for each difference', () => {
  const others: readonly Content[] = [
    { ...content, kind: 'asset' },
    { ...content, identifier: 'passcode2' },
    { ...content, type: 'com.apple.configuration.passcode' },
    { ...content, payload: '{"MinimumLength":7}' },
    { ...content, reapply: 1 },
  ]
  const tokens = [content, ...others].map(serverToken)
  expect(new Set(tokens).size).toBe(tokens.length)
  expect(serverToken({ ...content })).toBe(tokens[0])
})
