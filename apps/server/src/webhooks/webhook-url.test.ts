import { describe, expect, it } from 'vitest'
import { allowedAddresses } from './allowed-address.ts'
import { webhookUrlFlaw } from './webhook-url.ts'

const flaw = (url: string) => webhookUrlFlaw(url, allowedAddresses([]))

describe('events are delivered to', () => {
  it.each([
    'https://receiver.example/hooks?tenant=7',
    'https://10.0.0.7:8443/',
    'https://[2001:db8::1]/',
    'http://127.0.0.1:9000/hook',
    'http://localhost:9000',
    'http://[::1]:9000/',
  ])('%s', (url) => {
    expect(flaw(url)).toBeNull()
  })
})

describe('events are not delivered to', () => {
  it.each([
    ['receiver.example', 'absolute URL'],
    ['http://receiver.example/', 'https://'],
    ['http://10.0.0.7/', 'https://'],
    ['http://localhost.evil.example/', 'https://'],
    ['ftp://receiver.example/', 'https://'],
    ['file:///etc/passwd', 'https://'],
    ['https://ada:secret@receiver.example/', 'without a user name'],
    ['https://receiver.example/#part', 'without a fragment'],
    ['https://169.254.169.254/latest/meta-data', 'link-local'],
    ['https://2852039166/', 'link-local'],
    ['https://0xa9.0xfe.0xa9.0xfe/', 'link-local'],
    ['https://[::ffff:169.254.169.254]/', 'link-local'],
    ['https://[fe80::1]/', 'link-local'],
    ['https://0.0.0.0/', 'link-local'],
  ])('%s', (url, expected) => {
    expect(flaw(url)).toContain(expected)
  })
})
