import type { BodyRule } from '../wire-rule.ts'

/** The first octets of gzip and Zstandard. */
const magics = [
  { name: 'gzip', octets: [0x1f, 0x8b] },
  { name: 'Zstandard', octets: [0x28, 0xb5, 0x2f, 0xfd] },
]

/** A body that something on the way compressed: without its header a device cannot know. */
export const bodyCompressed: BodyRule = {
  code: 'body-compressed',
  severity: 'error',
  finds: 'a compressed body, as a proxy may leave it',
  check: (bytes) => {
    const found = magics.find(({ octets }) => octets.every((octet, index) => bytes[index] === octet))
    if (found === undefined) return []
    return [
      {
        at: '',
        message: `Cannot read this body: it is compressed with ${found.name}`,
        found: found.name,
        expected: 'JSON or a property list',
        remedy: 'let proxies pass these bodies as they are',
      },
    ]
  },
}
