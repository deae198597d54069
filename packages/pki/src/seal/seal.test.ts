import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newPrivateKey } from '../issue/key-type.ts'
import { codeOf } from '../testing/code-of.ts'
import { masterKey, readMasterKey } from './master-key.ts'
import { sealPrivateKey, unsealPrivateKey } from './private-key.ts'
import { seal, sealedUnder, unseal } from './seal.ts'

const master = masterKey(randomBytes(32))

describe('a sealed secret', () => {
  it('opens under its master key and its label', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), fc.string(), (secret, label) => {
        expect(unseal(seal(secret, master, label), master, label)).toEqual(secret)
      }),
    )
  })

  it('never looks the same twice', () => {
    const secret = Buffer.from('secret')
    expect(seal(secret, master, 'x')).not.toEqual(seal(secret, master, 'x'))
  })

  it('says when the master key is another one', () => {
    const sealed = seal(Buffer.from('secret'), master, 'authority key')
    const other = masterKey(randomBytes(32))
    expect(codeOf(() => unseal(sealed, other, 'authority key'))).toBe('master-key-wrong')
  })

  it('says under which master key it lies, and that what is not sealed lies under none', () => {
    const sealed = seal(Buffer.from('secret'), master, 'x')
    expect(sealedUnder(sealed)).toBe(Buffer.from(master.identifier).toString('hex'))
    for (const plain of [new Uint8Array(), Buffer.from('EDS1'), sealed.subarray(0, 71), Buffer.alloc(100)])
      expect(sealedUnder(plain)).toBeNull()
  })

  it('does not open in the place of another', () => {
    const sealed = seal(Buffer.from('secret'), master, 'unlock token of a')
    expect(codeOf(() => unseal(sealed, master, 'unlock token of b'))).toBe('sealed-damaged')
  })

  it('does not open with any bit flipped, or cut, or of another version', () => {
    const sealed = seal(Buffer.from('secret'), master, 'x')
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const flipped = Uint8Array.from(sealed)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(codeOf(() => unseal(flipped, master, 'x'))).toMatch(/^(sealed-version|master-key-wrong|sealed-damaged)$/)
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(codeOf(() => unseal(sealed.subarray(0, length), master, 'x'))).toMatch(/^(sealed-version|sealed-damaged)$/)
    }
  })

  it('may be a private key', async () => {
    for (const type of ['p-256', 'rsa-2048'] as const) {
      const key = await newPrivateKey(type)
      const sealed = sealPrivateKey(key, master, 'authority key')
      expect(unsealPrivateKey(sealed, master, 'authority key').equals(key)).toBe(true)
    }
    expect(codeOf(() => unsealPrivateKey(seal(Buffer.from('no key'), master, 'x'), master, 'x'))).toBe('sealed-damaged')
  })
})

describe('a master key', () => {
  it('is read from hexadecimal and base64', () => {
    const octets = randomBytes(32)
    expect(readMasterKey(`${octets.toString('hex')}\n`).identifier).toEqual(masterKey(octets).identifier)
    expect(readMasterKey(octets.toString('hex').toUpperCase()).octets).toEqual(octets)
    expect(readMasterKey(octets.toString('base64')).octets).toEqual(octets)
  })

  it.each(['', 'secret', 'a'.repeat(63), '0'.repeat(64), 'changeme'.repeat(8), `${'A'.repeat(43)}=`])(
    'is not %j',
    (text) => {
      expect(codeOf(() => readMasterKey(text))).toBe('master-key')
    },
  )

  it('does not appear in the error about it', () => {
    try {
      readMasterKey('my-password-for-everything')
      expect.unreachable()
    } catch (error) {
      expect(JSON.stringify(error) + String(error)).not.toContain('password')
    }
  })
})
