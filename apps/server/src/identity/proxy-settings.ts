/** Headers by which a proxy tells the client certificate that it saw: RFC 9440, and nginx's `$ssl_client_escaped_cert`. */
export const proxyHeaders = ['client-cert', 'ssl-client-escaped-cert'] as const

export type ProxyHeader = (typeof proxyHeaders)[number]

/** Which proxies are believed, and in which header. */
export interface ProxySettings {
  readonly header: ProxyHeader
  readonly isTrusted: (address: string | undefined) => boolean
}
