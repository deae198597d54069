import { describe, expect, it } from 'vitest'
import { reasonCodes } from './reason-codes.ts'

describe('reason codes', () => {
  it('Error.MissingConfigurations names what is missing', () => {
    expect(reasonCodes.get('Error.MissingConfigurations')?.details.map(({ key }) => key)).toEqual([
      'Identifier',
      'ServerToken',
      'ConfigurationIdentifiers',
    ])
  })

  it('a code of two status items stands once, and its time is known as one', () => {
    expect(reasonCodes.get('Error.InstallFailed')).toEqual({
      code: 'Error.InstallFailed',
      saidIn: ['app.managed.list', 'package.list'],
      details: [{ key: 'Timestamp', type: 'string', timestamp: true }],
    })
  })

  it('24 codes are said of declarations', () => {
    expect([...reasonCodes.values()].filter(({ saidIn }) => saidIn.includes('declarations'))).toHaveLength(24)
  })
})
