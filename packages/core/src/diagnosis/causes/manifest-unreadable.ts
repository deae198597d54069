import { type Cause, seen } from '../cause.ts'

/** One thing that the device cannot read makes it drop the whole manifest, without a word. */
export const manifestUnreadable: Cause = {
  code: 'manifest-unreadable',
  number: 8,
  basis: 'field',
  summary: 'The device could not read the manifest as it arrived',
  remedy: 'compare the octets that leave the last machine before the device with the ones that were meant',
  suspect({ last, began, due }, stage) {
    if (stage !== 'manifest-nothing-fetched' || last?.manifest == null) return null
    const { answer, pairs } = last.manifest
    // What is wrong with it has causes of its own.
    if (answer.flaws.some(({ severity }) => severity === 'error')) return null
    const clean =
      pairs === undefined
        ? []
        : [seen(last.manifest, 'what was recorded is well formed: four arrays, two keys in each item')]
    return {
      weight: began !== null && due.length > 0 ? 'likely' : 'possible',
      evidence: [
        seen(
          last.manifest,
          pairs === undefined ? 'its body is not in the record' : 'what was recorded need not be what arrived',
        ),
      ],
      ...(clean.length === 0 ? {} : { against: clean }),
      decides: 'record at the edge, with headers: is it compressed, cut, or changed on its way?',
    }
  },
}
