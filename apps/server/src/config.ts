import { join } from 'node:path'
import { type AccountMode, accountModes } from '@edict/core'
import { type ProxyHeader, proxyHeaders } from './identity/proxy-settings.ts'
import { trustedPeers } from './identity/trusted-peers.ts'
import type { TlsFiles } from './tls/tls-files.ts'

/** What the server runs with, checked. */
export interface Config {
  readonly host: string
  readonly port: number
  /** A postgres:// URL, or the directory of the embedded database. */
  readonly database: string
  /** Where files are made: that of the embedded database, too. */
  readonly data: string
  /** Where content that devices download is kept: a folder that all nodes share. */
  readonly content: string
  /** Octets that one content may have. */
  readonly contentSize: number
  /** Text of the master key; null when it is in a file. */
  readonly masterKey: string | null
  /** Null: `master.key` in `data`. */
  readonly masterKeyFile: string | null
  /** Text of the master key before; null when it is in a file, or there is no rotation. */
  readonly previousMasterKey: string | null
  readonly previousMasterKeyFile: string | null
  /** Takes SHA-1 and single DES by SCEP. */
  readonly lenientScep: boolean
  /** File with a SCEP challenge that is not used up. */
  readonly scepChallengeFile: string | null
  readonly apns: string | null
  /** Public base URL, without a slash at its end; null when it was not said. */
  readonly url: string | null
  /** Topic that the push certificate must have; null: the certificate decides. */
  readonly topic: string | null
  /** Starts with another `url` or `topic` than enrolled devices have in their profiles. */
  readonly acceptNewReach: boolean
  /** Further paths at which devices find the device face. */
  readonly devicePaths: readonly string[]
  readonly insecureDevices: boolean
  /** PEM file of other authorities whose certificates devices have. */
  readonly deviceCa: string | null
  /** PEM file of authorities beside Apple's whose devices may ask for a profile: simulated ones. */
  readonly machineInfoCa: string | null
  /** Gives no profile by automated enrollment before somebody signed in. */
  readonly automatedSignIn: boolean
  readonly lenientSignatures: boolean
  /** Networks of the proxies that are believed, and in which header; null when there are none. */
  readonly proxy: { readonly header: ProxyHeader; readonly networks: readonly string[] } | null
  /** Null: plain HTTP. */
  readonly tls: TlsFiles | null
  /** The private key of the automated enrollment server token, and the server's id by Apple; null when they were not said. */
  readonly adeToken: { readonly keyFile: string; readonly serverUuid: string } | null
  /** File with the profile by which erased devices join a Wi-Fi network. */
  readonly wiFiProfile: string | null
  /** What account-driven enrollment is offered for, what is preferred first; empty when it is not. */
  readonly accountDriven: readonly AccountMode[]
  /** The OpenID provider at which people sign in; null when they have accounts here. */
  readonly oidc: OidcConfig | null
  readonly commandData: boolean
  readonly holdWhileAwaiting: boolean
  /** Pushes a second. */
  readonly wakeRate: number
  readonly keepReports: number
  /** Entries of the trace of each channel; 0: none is kept. */
  readonly keepTrace: number
  /** Bodies are kept beside them. */
  readonly traceBodies: boolean
  /** Milliseconds. */
  readonly wakeWindow: number
  /** Milliseconds; 0: never. */
  readonly secondPush: number
  /** PEM file of authorities beside the known ones that certificates of webhooks' receivers lead to. */
  readonly webhookCa: string | null
  /** Networks that webhooks may go to though they would be refused. */
  readonly webhookAllow: readonly string[]
  /** Milliseconds. */
  readonly webhookTimeout: number
  readonly webhookBacklog: number
  readonly logLevel: string
  /** Generated at first start when null. */
  readonly adminToken: string | null
}

/** What is said of an OpenID provider. */
interface OidcConfig {
  readonly issuer: string
  readonly clientId: string
  /** Text of the client's secret; null when it is in a file, or there is none. */
  readonly secret: string | null
  readonly secretFile: string | null
  /** The claim that has the Managed Apple Account. */
  readonly claim: string
}

/** Stands in profiles while there is neither a push certificate nor `--topic`. */
export const DEFAULT_TOPIC = 'com.apple.mgmt.External.edict'

/** An option that cannot be used. */
export class ConfigError extends Error {
  readonly code = 'option-unusable'
}

export type OptionValues = Readonly<Record<string, string | boolean | undefined>>

/**
 * Makes a configuration from option values, named as commander names them (`insecureDevices`, `commandData` …).
 *
 * @throws ConfigError which names the option, what was found and what would do
 */
export function readConfig(
  values: OptionValues,
  adminToken: string | undefined,
  masterKey: string | undefined = undefined,
  previousMasterKey: string | undefined = undefined,
  oidcSecret: string | undefined = undefined,
): Config {
  const { host, port } = address(text(values, 'listen', '127.0.0.1:8080'))
  const insecureDevices = flag(values, 'insecureDevices')
  if (insecureDevices && !isLoopback(host)) {
    throw new ConfigError(
      `Cannot listen on ${host} with --insecure-devices: anybody there could speak for any device; use 127.0.0.1, ::1 or localhost`,
    )
  }
  const database = text(values, 'database', '') || text(values, 'data', './data')
  const data = isFolder(database) ? database : text(values, 'data', './data')
  const apns = text(values, 'apns', '')
  if (apns !== '' && !/^https?:\/\//.test(apns))
    throw new ConfigError(`Cannot push to ${apns}: expected an http:// or https:// URL`)
  return {
    host,
    port,
    database,
    data,
    content: text(values, 'content', '') || join(data, 'content'),
    contentSize: count(values, 'contentSize', 4096) * 1024 * 1024,
    masterKey: masterKey === undefined || masterKey === '' ? null : masterKey,
    masterKeyFile: text(values, 'masterKey', '') || null,
    previousMasterKey: previousMasterKey || null,
    previousMasterKeyFile: text(values, 'previousMasterKey', '') || null,
    lenientScep: flag(values, 'lenientScep'),
    scepChallengeFile: text(values, 'scepChallengeFile', '') || null,
    apns: apns === '' ? null : apns,
    url: publicUrl(text(values, 'url', '')),
    topic: topic(text(values, 'topic', '')),
    acceptNewReach: flag(values, 'acceptNewReach'),
    devicePaths: devicePaths(text(values, 'devicePath', '')),
    insecureDevices,
    deviceCa: text(values, 'deviceCa', '') || null,
    machineInfoCa: text(values, 'machineInfoCa', '') || null,
    automatedSignIn: flag(values, 'automatedSignIn'),
    lenientSignatures: flag(values, 'lenientSignatures'),
    proxy: proxy(text(values, 'proxyHeader', ''), text(values, 'trustedProxy', '')),
    tls: tls(text(values, 'tlsCert', ''), text(values, 'tlsKey', '')),
    adeToken: adeToken(text(values, 'adeTokenKey', ''), text(values, 'adeServerUuid', '')),
    wiFiProfile: text(values, 'wifiProfile', '') || null,
    accountDriven: modes(text(values, 'accountDriven', '')),
    oidc: oidc(values, oidcSecret),
    commandData: values.commandData !== false && !flag(values, 'noCommandData'),
    holdWhileAwaiting: flag(values, 'holdWhileAwaiting'),
    wakeRate: count(values, 'wakeRate', 500),
    keepReports: count(values, 'keepReports', 20),
    keepTrace: count(values, 'keepTrace', 500, 10_000, 0),
    traceBodies: flag(values, 'traceBodies'),
    wakeWindow: count(values, 'wakeWindow', 1000, 2000),
    secondPush: count(values, 'secondPush', 10, 60, 0) * 1000,
    webhookCa: text(values, 'webhookCa', '') || null,
    webhookAllow: networks(text(values, 'webhookAllow', '')),
    webhookTimeout: count(values, 'webhookTimeout', 20, 60) * 1000,
    webhookBacklog: count(values, 'webhookBacklog', 100_000, 10_000_000, 1000),
    logLevel: level(text(values, 'logLevel', 'info')),
    adminToken: adminToken === undefined || adminToken === '' ? null : adminToken,
  }
}

function publicUrl(given: string): string | null {
  if (given === '') return null
  const url = URL.parse(given)
  const secure =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname.replace(/^\[|\]$/g, '')))
  if (url !== null && secure && url.search === '' && url.hash === '' && url.username === '')
    return url.href.replace(/\/+$/, '')
  throw new ConfigError(`Cannot use ${given} for --url: expected the https:// URL that devices are to reach`)
}

function topic(given: string): string | null {
  if (given === '') return null
  if (/^com\.apple\.mgmt\.[\w.-]+$/.test(given)) return given
  throw new ConfigError(
    `Cannot use ${given} for --topic: expected com.apple.mgmt. and more, as in the push certificate`,
  )
}

/** First parts of paths that are something else here, or may become so. */
const taken = [
  'api',
  'content',
  'enroll',
  'scep',
  'healthz',
  'readyz',
  'metrics',
  'openapi.json',
  'console',
  'sign-in',
  '.well-known',
]

function devicePaths(given: string): readonly string[] {
  const paths = given
    .split(',')
    .map((path) => path.trim())
    .filter((path) => path !== '')
  for (const path of paths) {
    if (!/^(?:\/[\w.~-]+)+\/?$/.test(path) || path.length > 256 || path.split('/').some((part) => /^\.+$/.test(part)))
      throw new ConfigError(
        `Cannot use ${path} for --device-path: expected paths such as /mdm/server, with letters, digits, ".", "_", "~" and "-"`,
      )
    const [first = ''] = path.slice(1).toLowerCase().split('/')
    if (taken.includes(first) || first === 'mdmserviceconfig')
      throw new ConfigError(`Cannot use ${path} for --device-path: /${first} is something else here`)
  }
  return [...new Set(paths)]
}

function modes(given: string): readonly AccountMode[] {
  if (given === '') return []
  const words = given.split(',').map((word) => word.trim())
  const known = words.flatMap((word) => accountModes.filter((mode) => mode === word))
  if (known.length === words.length && new Set(known).size === known.length) return known
  throw new ConfigError(`Cannot use ${given} for --account-driven: expected byod, adde, or both as in byod,adde`)
}

function oidc(values: OptionValues, secret: string | undefined): OidcConfig | null {
  const [issuer, clientId] = [text(values, 'oidcIssuer', ''), text(values, 'oidcClientId', '')]
  const secretFile = text(values, 'oidcClientSecret', '') || null
  if (issuer === '' && clientId === '' && secretFile === null) return null
  if (issuer === '' || clientId === '')
    throw new ConfigError(
      `Cannot use an OpenID provider: ${issuer === '' ? '--oidc-issuer' : '--oidc-client-id'} is missing`,
    )
  const claim = text(values, 'oidcAccountClaim', 'email')
  return { issuer: issuerUrl(issuer), clientId, secret: secret || null, secretFile, claim }
}

/** Without TLS only one on this machine: what it says decides who somebody is. */
function issuerUrl(given: string): string {
  const url = URL.parse(given)
  const local = url?.protocol === 'http:' && isLoopback(url.hostname.replace(/^\[|\]$/g, ''))
  if ((url?.protocol === 'https:' || local) && url?.search === '' && url.hash === '' && url.username === '')
    return given
  throw new ConfigError(`Cannot use ${given} for --oidc-issuer: expected the https:// URL of an OpenID provider`)
}

function proxy(header: string, networks: string): Config['proxy'] {
  if (header === '' && networks === '') return null
  const known = proxyHeaders.find((name) => name === header.toLowerCase())
  if (known === undefined) {
    const found = header === '' ? '--trusted-proxy without --proxy-header' : `--proxy-header ${header}`
    throw new ConfigError(`Cannot use ${found}: expected --proxy-header ${proxyHeaders.join(' or ')}`)
  }
  const list = networks.split(',').map((network) => network.trim())
  if (networks === '') {
    throw new ConfigError(
      'Cannot believe --proxy-header from anybody: name the proxies with --trusted-proxy, such as 127.0.0.1 or 10.0.0.0/8',
    )
  }
  try {
    trustedPeers(list)
    return { header: known, networks: list }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new ConfigError(
      `Cannot use ${error.message} for --trusted-proxy: expected addresses or networks, such as 127.0.0.1,10.0.0.0/8`,
    )
  }
}

function tls(cert: string, key: string): TlsFiles | null {
  if (cert === '' && key === '') return null
  if (cert !== '' && key !== '') return { cert, key }
  const [given, missing] = cert === '' ? ['--tls-key', '--tls-cert'] : ['--tls-cert', '--tls-key']
  throw new ConfigError(`Cannot use ${given} alone: add ${missing}`)
}

function adeToken(keyFile: string, serverUuid: string): Config['adeToken'] {
  if (keyFile === '' && serverUuid === '') return null
  if (keyFile === '' || serverUuid === '') {
    const [given, missing] =
      keyFile === '' ? ['--ade-server-uuid', '--ade-token-key'] : ['--ade-token-key', '--ade-server-uuid']
    throw new ConfigError(`Cannot use ${given} alone: add ${missing}`)
  }
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(serverUuid)) return { keyFile, serverUuid }
  throw new ConfigError(`Cannot use ${serverUuid} for --ade-server-uuid: expected the UUID that Apple gave the server`)
}

function networks(given: string): readonly string[] {
  const list = given
    .split(',')
    .map((network) => network.trim())
    .filter((network) => network !== '')
  try {
    trustedPeers(list)
    return list
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new ConfigError(
      `Cannot use ${error.message} for --webhook-allow: expected addresses or networks, such as 169.254.10.0/24`,
    )
  }
}

/** Whether it is the folder of an embedded database, and no URL or single file. */
function isFolder(database: string): boolean {
  return !/^postgres(ql)?:\/\//.test(database) && !database.endsWith('.db')
}

function text(values: OptionValues, name: string, fallback: string): string {
  const value = values[name]
  return typeof value === 'string' ? value : fallback
}

function flag(values: OptionValues, name: string): boolean {
  const value = values[name]
  return value === true || value === '1' || value === 'true'
}

function count(values: OptionValues, name: string, fallback: number, most = 1_000_000, least = 1): number {
  const value = Number(text(values, name, String(fallback)))
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value
  throw new ConfigError(
    `Cannot use ${String(values[name])} for ${name}: expected a whole number from ${least} to ${most}`,
  )
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'silent']

function level(value: string): string {
  if (levels.includes(value)) return value
  throw new ConfigError(`Cannot log at level ${value}: expected one of ${levels.join(', ')}`)
}

function address(listen: string): { readonly host: string; readonly port: number } {
  const match = /^(?:\[([^\]]+)\]|([^:]*)):(\d{1,5})$/.exec(listen)
  const port = Number(match?.[3])
  if (match === null || port > 65_535)
    throw new ConfigError(`Cannot listen on ${listen}: expected HOST:PORT, such as 127.0.0.1:8080`)
  return { host: match[1] ?? (match[2] === '' || match[2] === undefined ? '0.0.0.0' : match[2]), port }
}

/** Whether only this machine can reach a host. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}
