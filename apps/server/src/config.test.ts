import { endpoints } from '@edict/api'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const read = (options: Record<string, string>) => readConfig(options, undefined)

describe('--url', () => {
  it.each([
    ['https://mdm.example', 'https://mdm.example'],
    ['https://mdm.example:8443/', 'https://mdm.example:8443'],
    ['https://mdm.example/school/', 'https://mdm.example/school'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('%s is %s', (url, expected) => {
    expect(read({ url }).url).toBe(expected)
  })

  it.each([
    'mdm.example',
    'http://mdm.example',
    'ftp://mdm.example',
    'https://mdm.example/?a=1',
    'https://mdm.example/#a',
    'https://user@mdm.example',
  ])('cannot be %s', (url) => {
    expect(() => read({ url })).toThrow(ConfigError)
  })
})

describe('--topic', () => {
  it('is that of a push certificate for MDM', () => {
    expect(read({ topic: 'com.apple.mgmt.External.a-b' }).topic).toBe('com.apple.mgmt.External.a-b')
    for (const topic of ['edict', 'com.apple.mgmt.', 'com.example', 'com.apple.mgmt.a b'])
      expect(() => read({ topic })).toThrow('--topic')
  })
})

describe('--device-path', () => {
  const paths = (devicePath: string) => read({ devicePath }).devicePaths

  it('is none, one or several', () => {
    expect([read({}).devicePaths, paths(''), paths('/mdm')]).toEqual([[], [], ['/mdm']])
    expect(paths('/MDMServiceURL, /public/mdm/checkin/,/checkin,/checkin')).toEqual([
      '/MDMServiceURL',
      '/public/mdm/checkin/',
      '/checkin',
    ])
  })

  it.each(['mdm', '/', '/mdm?x=1', '/a/*', '/:id', '//x', '/a/../b', '/a b', '/%61pi', `/${'x'.repeat(300)}`])(
    'cannot be %s',
    (path) => {
      expect(() => paths(path)).toThrow(/--device-path: expected paths/)
    },
  )

  it('cannot be what something else answers at', () => {
    const others = new Set(endpoints.map(({ path }) => `/${path.split('/')[1]}`))
    for (const path of [...others, '/api/v2', '/Enroll/x', '/scep', '/.well-known/x', '/MDMServiceConfig'])
      expect(() => paths(`/fine,${path}`)).toThrow(/is something else here/)
  })
})
