/**
 * How a device reads what a server sends. `strict` is what devices are reported to do: no fraction in a Timestamp, all
 * four arrays, no key beyond the known ones in Declarations and its items, nothing longer than documented.
 * `lenient` is the documented minimum.
 */
export type ParsingMode = 'strict' | 'lenient'
