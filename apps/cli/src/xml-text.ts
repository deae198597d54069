const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as XML has it, also in an attribute. Characters that XML 1.0 cannot have, not even escaped, are left out. @see XML 1.0 §2.2 */
export function xmlText(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/[&<>"]/g, (character) => entities[character] ?? '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that it is about
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
  )
}
