/** Marks the certificates that Apple gives to devices. Without it a certificate of Apple's is some developer's. */
export const appleDeviceMarker = '1.2.840.113635.100.6.10.2'
