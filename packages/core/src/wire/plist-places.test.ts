import { expect, it } from 'vitest'
import { plistPlaces } from './plist-places.ts'

it('knows where each value and its key begin, past comments, entities and what closes itself', () => {
  const text = `<?xml version="1.0"?><!-- <dict> --><plist version="1.0">
<dict><key>a&amp;b</key><array><string>&lt;dict&gt;</string><true/><dict/><array/></array>
<!-- <key>no</key> --><key>c</key><dict><key>d</key><string><![CDATA[<array>]]></string></dict>
<key>e</key><data>AA==</data></dict></plist>`
  const at = (pointer: string) => {
    const found = plistPlaces(text).get(pointer)
    return found && [text.slice(found.value, found.value + 8), found.key && text.slice(found.key, found.key + 8)]
  }
  expect(at('')).toEqual(['<dict><k', undefined])
  expect(at('/a&b')).toEqual(['<array><', '<key>a&a'])
  expect(at('/a&b/1')).toEqual(['<true/><', undefined])
  expect(at('/a&b/3')).toEqual(['<array/>', undefined])
  expect(at('/c/d')).toEqual(['<string>', '<key>d</'])
  expect(at('/e')).toEqual(['<data>AA', '<key>e</'])
  expect(at('/no')).toBeUndefined()
})
