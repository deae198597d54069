import { PlistReal } from '@edict/protocol'
import { expect, it } from 'vitest'
import { contentPath } from './content-reference.ts'
import { keyedInPlist, plistSecrets, withKeysFor, withPlistKeys } from './plist-keys.ts'

const BASE = 'https://mdm.example.org'
const sha256 = 'a'.repeat(64)
const url = BASE + contentPath({ sha256, name: 'tool.pkg' })
const other = 'https://other.example/tool.pkg'
const manifest = (at: string) => ({
  items: [
    {
      assets: [
        { kind: 'software-package', url: at, 'sha256-size': 5 },
        { kind: 'display-image', url: other },
      ],
    },
  ],
  at: new Date(0),
  real: new PlistReal(1),
  data: new Uint8Array([1]),
})

it('URLs of hosted content in a property list get keys, and nothing else changes', () => {
  const asked = withPlistKeys(manifest(url), BASE, 3)
  expect(asked).toEqual(manifest(`${url}?key=\${content.3.${sha256}}`))
  expect(withPlistKeys(asked, BASE, 3)).toEqual(asked)
  expect(withPlistKeys(manifest(url), 'https://mdm.example.com', 3)).toEqual(manifest(url))
  expect([plistSecrets(asked), plistSecrets(manifest(url))]).toEqual([[3], []])
  const filled = withKeysFor(asked, 'U', (variable, enrollment) => `${variable.secret}.${enrollment}.code`)
  const reference = { sha256, name: 'tool.pkg', secret: 3 }
  expect([keyedInPlist(asked), keyedInPlist(filled), keyedInPlist(manifest(url))]).toEqual([
    [reference],
    [reference],
    [],
  ])
  expect(filled).toEqual(manifest(`${url}?key=3.U.code`))
})

it('a text that only looks like a variable stays', () => {
  const texts = ['${content.1.abc}', '${content}', '${device.name}']
  expect(withKeysFor(texts, 'U', () => 'key')).toEqual(texts)
})
