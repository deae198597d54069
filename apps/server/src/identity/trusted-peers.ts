import { BlockList, isIP } from 'node:net'

/**
 * Whether an address belongs to one of these networks: `10.0.0.0/8`, `fd00::/8`, or single addresses. An IPv4 address that came
 * in over IPv6 counts as the IPv4 address.
 *
 * @throws RangeError which shows the network that is none
 */
export function trustedPeers(networks: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList()
  for (const network of networks) add(list, network)
  return (address) => {
    const plain = address?.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '') ?? ''
    const version = isIP(plain)
    return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6')
  }
}

function add(list: BlockList, network: string): void {
  const [address = '', bits, ...more] = network.split('/')
  const version = isIP(address)
  const most = version === 4 ? 32 : 128
  const length = bits === undefined ? most : Number(bits)
  if (version === 0 || more.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits)) || length > most)
    throw new RangeError(network)
  list.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6')
}
