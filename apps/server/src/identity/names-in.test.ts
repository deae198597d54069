import { describe, expect, it } from 'vitest'
import { namesIn } from './names-in.ts'

const names = (subject: string, subjectAltName?: string) => namesIn({ x509: { subject, subjectAltName } as never })

describe('namesIn()', () => {
  it('finds an id and a serial number wherever they stand', () => {
    expect(names('O=School\nCN=MDM Identity (C02ABCDEFGH2)')).toContain('C02ABCDEFGH2')
    expect(names('CN=7f3a-01b2', 'URI:urn:other:device:00008101-000A1B2C3D4E001E, DNS:x.example')).toEqual(
      expect.arrayContaining(['7F3A-01B2', '7f3a-01b2', '00008101-000A1B2C3D4E001E']),
    )
  })

  it('has no more of them than a name can hold', () => {
    expect(names(Array.from({ length: 10_000 }, (_, index) => `CN=word${index}`).join('\n')).length).toBeLessThan(200)
  })
})
