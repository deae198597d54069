import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const read = (options: Record<string, string>) => readConfig(options, undefined)

describe('--proxy-header and --trusted-proxy', () => {
  it('belong together, and name the proxies that are believed', () => {
    const { proxy } = read({ proxyHeader: 'Client-Cert', trustedProxy: '10.0.0.0/8, ::1' })
    expect(proxy).toEqual({ header: 'client-cert', networks: ['10.0.0.0/8', '::1'] })
    expect(read({}).proxy).toBeNull()
  })

  it.each<[Record<string, string>, RegExp]>([
    [{ proxyHeader: 'client-cert' }, /from anybody.*--trusted-proxy/],
    [{ trustedProxy: '127.0.0.1' }, /without --proxy-header/],
    [{ proxyHeader: 'x-client-cert', trustedProxy: '127.0.0.1' }, /client-cert or ssl-client-escaped-cert/],
    [{ proxyHeader: 'client-cert', trustedProxy: '127.0.0.1,proxy.example' }, /proxy\.example.*networks/],
    [{ proxyHeader: 'client-cert', trustedProxy: '0.0.0.0/33' }, /0\.0\.0\.0\/33/],
  ])('cannot be %j', (options, message) => {
    expect(() => read(options)).toThrow(ConfigError)
    expect(() => read(options)).toThrow(message)
  })
})

describe('--tls-cert and --tls-key', () => {
  it('belong together', () => {
    expect(read({ tlsCert: 'a.pem', tlsKey: 'a.key' }).tls).toEqual({ cert: 'a.pem', key: 'a.key' })
    expect(read({}).tls).toBeNull()
    expect(() => read({ tlsCert: 'a.pem' })).toThrow(/add --tls-key/)
    expect(() => read({ tlsKey: 'a.key' })).toThrow(/add --tls-cert/)
  })
})
