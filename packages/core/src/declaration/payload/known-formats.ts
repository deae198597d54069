import type { ValueFacts } from '@edict/catalogue'

/** What text has to look like. */
export interface TextFormat {
  readonly expected: string
  readonly holds: (text: string) => boolean
  /** What to write instead of text that does not hold. */
  readonly remedy?: (text: string) => string | undefined
}

const https: TextFormat = {
  expected: 'a URL that begins with https://',
  holds: (text) => /^https:\/\/[^/\s]\S*$/.test(text),
  remedy: (text) => (/^http:\/\/\S+$/i.test(text) ? `write ${text.replace(/^http:/i, 'https:')}` : undefined),
}

const web: TextFormat = {
  expected: 'a URL that begins with https:// or http://',
  holds: (text) => /^https?:\/\/[^/\s]\S*$/i.test(text),
}

const localDateTime: TextFormat = {
  expected: 'a local time such as 2026-01-31T18:00:00, without zone and fractions',
  holds: (text) => {
    const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(text) ? new Date(`${text}Z`) : undefined
    return at !== undefined && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
  },
  remedy: (text) => {
    const local = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})/.exec(text)
    return local === null ? undefined : `write ${local[1]}T${local[2]}`
  },
}

const codeDirectoryHash: TextFormat = {
  expected: '40 hexadecimal digits',
  holds: (text) => /^[0-9A-Fa-f]{40}$/.test(text),
}

const base64: TextFormat = {
  expected: 'Base64 text',
  holds: (text) => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text),
}

/** Facts that Apple's schema tells in its text only, by type without `com.apple.` and path inside the Payload. */
export const knownFormats: ReadonlyMap<string, TextFormat> = new Map([
  ['asset.credential.acme Reference.DataURL', https],
  ['asset.credential.certificate Reference.DataURL', https],
  ['asset.credential.identity Reference.DataURL', https],
  ['asset.credential.scep Reference.DataURL', https],
  ['asset.credential.userpassword Reference.DataURL', https],
  ['asset.data Reference.DataURL', https],
  ['configuration.account.subscribed-calendar CalendarURL', https],
  ['configuration.app.settings Allowed.AllowedBinaries.*.CDHash', codeDirectoryHash],
  ['configuration.app.settings Allowed.DeniedBinaries.*.CDHash', codeDirectoryHash],
  ['configuration.extensible-sso URLs.*', web],
  ['configuration.legacy ProfileURL', https],
  ['configuration.legacy.interactive ProfileURL', https],
  ['configuration.network.dns-settings DNSSettings.ServerURL', https],
  ['configuration.network.vpn.always-on DNS.ServerURL', https],
  ['configuration.network.vpn.ikev2 DNS.ServerURL', https],
  ['configuration.network.vpn.ipsec DNS.ServerURL', https],
  ['configuration.network.vpn.vpn-plugin DNS.ServerURL', https],
  ['configuration.safari.settings NewTabStartPage.HomepageURL', web],
  ['configuration.softwareupdate.enforcement.specific TargetLocalDateTime', localDateTime],
  ['configuration.watch.enrollment EnrollmentProfileURL', https],
])

/** What the text at a path of a payload has to look like. */
export function formatsOf(type: string, path: readonly string[], facts: ValueFacts): readonly TextFormat[] {
  const known = knownFormats.get(`${type.replace(/^com\.apple\./, '')} ${path.join('.')}`)
  return [
    ...(known === undefined ? [] : [known]),
    ...(facts.type === 'data' ? [base64] : []),
    ...(facts.format === undefined ? [] : [regexFormat(facts.format)]),
  ]
}

/** Longer text than this is in no format of Apple's. */
const LONGEST = 2_048

/**
 * Apple's regular expression. One that may take more than linear time (a quantifier over a quantifier, a back reference),
 * or that JavaScript reads otherwise, is not used at all.
 */
export function regexFormat(format: string): TextFormat {
  const regex = /\)[*+{]|\\[1-9]|\(\?/.test(format) ? undefined : compiled(format)
  return {
    expected: `text like ${format}`,
    holds: (text) => regex === undefined || (text.length <= LONGEST && regex.test(text)),
  }
}

function compiled(format: string): RegExp | undefined {
  try {
    return new RegExp(format, 'u')
  } catch {
    return undefined
  }
}
