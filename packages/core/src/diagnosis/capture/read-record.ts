import type { CaptureProblem } from './captured.ts'
import { type Conversation, conversations } from './conversations.ts'
import { readCapture } from './read-capture.ts'
import { isTraceLines, readTraceLines } from './read-trace-lines.ts'

/**
 * Reads what somebody kept of what devices and their server said: messages that any tool recorded (HAR, JSON lines), or a trace that this
 * server exported. Told by the content. What cannot be used is told, and the rest is used.
 */
export function readRecord(text: string): {
  readonly conversations: readonly Conversation[]
  readonly problems: readonly CaptureProblem[]
} {
  if (isTraceLines(text)) return readTraceLines(text)
  const { messages, problems } = readCapture(text)
  return { conversations: conversations(messages), problems }
}
