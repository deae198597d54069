import { expect, it } from 'vitest'
import { recompiled } from './recompiled.ts'

const old = `/content/${'a'.repeat(64)}/wifi`
const sha256 = 'b'.repeat(64)
const wifi = { name: 'wifi', sha256, size: 12, type: 'text/plain' }
const url = `https://mdm.example.org/base/content/${sha256}/wifi`

it('leads URLs to what has the name now, with their beginning and what follows', () => {
  const payload = { ProfileURL: `https://mdm.example.org/base${old}`, More: [{ At: `http://[::1]${old}?a=b` }] }
  expect(recompiled(payload, wifi)).toEqual({
    ProfileURL: url,
    More: [{ At: `http://[::1]/content/${sha256}/wifi?a=b` }],
  })
})

it('gives a Reference the type, size and hash that go with it, and keeps what else it says', () => {
  const Reference = { DataURL: `https://mdm.example.org/base${old}`, Size: 1, 'Hash-SHA-256': 'a', Own: true }
  expect(recompiled({ Reference }, wifi)).toEqual({
    Reference: { DataURL: url, ContentType: 'text/plain', Size: 12, 'Hash-SHA-256': sha256, Own: true },
  })
})

it('changes nothing that refers to other names, or mentions the URL within a text', () => {
  const payload = {
    Reference: { DataURL: `https://mdm.example.org${old}.mobileconfig`, Size: 1 },
    Text: `see ${old} for more`,
    Number: 1,
    Nothing: null,
  }
  expect(recompiled(payload, wifi)).toEqual(payload)
})
