/** Largest document read, in octets: what the device face accepts as a body. */
export const maximumBytes = 16 * 1024 * 1024

/** Containers inside containers. Apple's own documents stay below ten. */
export const maximumDepth = 64
