const domains = ['example.com', 'example.net', 'example.org', 'example', 'invalid']

/** Whether a host is one that nobody can own, so that nothing real can be there. @see RFC 2606, RFC 6761 */
export function isReservedHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '')
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`))
}
