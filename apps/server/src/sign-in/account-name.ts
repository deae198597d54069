/** Characters of an account's name, at most. */
export const maximumName = 256

/** A name as it is compared and kept: people type it with capitals and blanks around it. */
export function accountName(typed: string): string {
  return typed.normalize('NFC').trim().toLowerCase()
}

/** Whether it has the form of a Managed Apple Account: something, the last @, and a domain. */
export function isManagedAppleAccount(text: string): boolean {
  return text.length <= maximumName && /^[^\s\p{Cc}]+@[^\s\p{Cc}@]+$/u.test(text)
}
