import { closeSync, openSync, writeSync } from 'node:fs'
import { OptionError } from '../option.ts'

export interface PushLog {
  /** One JSON line, there when this returns. */
  write(entry: { readonly at: number; readonly token: string; readonly topic: string; readonly status: number }): void
  close(): void
}

/**
 * Appends to a file: `{at, token, topic, status}`, `at` in RFC 3339 with milliseconds.
 * @throws OptionError when it cannot be written
 */
export function openPushLog(path: string): PushLog {
  const file = open(path)
  return {
    write({ at, token, topic, status }) {
      writeSync(file, `${JSON.stringify({ at: new Date(at).toISOString(), token, topic, status })}\n`)
    },
    close: () => closeSync(file),
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'a')
  } catch (error) {
    throw new OptionError(`Cannot write the log ${path}: ${(error as NodeJS.ErrnoException).code}`, { cause: error })
  }
}
