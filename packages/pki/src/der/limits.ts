/** Nesting beyond this is an attack: a SCEP message with certificates comes to 14. */
export const maximumDepth = 32
/** Larger input is refused before it is read. No certificate, profile or SCEP message comes near. */
export const maximumSize = 16 * 1024 * 1024
