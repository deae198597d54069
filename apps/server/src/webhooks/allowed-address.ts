import { trustedPeers } from '../identity/trusted-peers.ts'

/**
 * Where no receiver is: this host by an address of no host, link-local addresses, multicast, and where clouds tell machines their
 * credentials. Written in IPv6 too, as translators and tunnels do.
 */
const refusedNetworks = [
  '0.0.0.0/8',
  '169.254.0.0/16',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::',
  'fe80::/10',
  'ff00::/8',
  'fd00:ec2::254',
  'fd20:ce::254',
  '64:ff9b::a9fe:0/112',
  '2002:a9fe::/32',
]

/**
 * Whether a webhook may go to an address. Networks of one's own, and this machine, are allowed: receivers are there more often than not.
 *
 * @param allowed networks that are allowed though they would be refused
 * @throws RangeError which shows the network that is none
 */
export function allowedAddresses(allowed: readonly string[]): (address: string) => boolean {
  const [isRefused, isAllowed] = [trustedPeers(refusedNetworks), trustedPeers(allowed)]
  return (address) => isAllowed(address) || !isRefused(address)
}
