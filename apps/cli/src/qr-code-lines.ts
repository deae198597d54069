import type { Colours } from './colours.ts'

/** Modules around a code that stay light (ISO/IEC 18004, 9.1). */
const QUIET = 4

/**
 * A QR code as lines for a terminal, two rows of modules to a line. It is black on white whatever the terminal's own colours are; without
 * colours the light modules are drawn, which is right on a dark terminal, and cameras of today read the opposite too.
 *
 * @param columns of the terminal
 * @returns null where the code is wider than that, or the text too long for any code
 */
export async function qrCodeLines(text: string, columns: number, colours: Colours): Promise<readonly string[] | null> {
  if (Buffer.byteLength(text) > MOST) return null
  const { encode } = await import('uqr')
  const { data, size } = encode(text, { ecc: 'L', boostEcc: true, border: QUIET })
  if (size > columns) return null
  const inked = (dark: boolean | undefined) => (colours.isColorSupported ? dark === true : dark === false)
  const lines: string[] = []
  for (let row = 0; row < size; row += 2) {
    const line = data[row]?.map(
      (upper, column) => BLOCKS[Number(inked(upper)) + 2 * Number(inked(data[row + 1]?.[column]))],
    )
    lines.push(colours.bgWhiteBright(colours.black(line?.join('') ?? '')))
  }
  return lines
}

/** Bytes that the largest code holds. */
const MOST = 2953

/** By what is inked: nothing, the upper half, the lower half, both. */
const BLOCKS = [' ', '▀', '▄', '█'] as const
