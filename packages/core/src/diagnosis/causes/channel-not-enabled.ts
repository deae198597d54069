import { type Cause, seen } from '../cause.ts'

/** Declarative management is turned on for each channel by itself, by the command. */
export const channelNotEnabled: Cause = {
  code: 'channel-not-enabled',
  number: 21,
  basis: 'documented',
  summary: 'This channel was never given the command DeclarativeManagement',
  remedy: 'queue DeclarativeManagement for this channel: the device channel and each user channel need their own',
  suspect(history, stage) {
    if (stage !== 'not-offered') return null
    const before = history.all.slice(0, history.all.indexOf(history.said[0] ?? (history.all[0] as never)))
    if (before.some((one) => one.kind === 'command' && one.requestType === 'DeclarativeManagement')) return null
    const connected = history.said.find((one) => one.kind === 'result')
    return {
      weight: history.began === null ? 'likely' : 'proven',
      evidence: [
        ...(connected === undefined ? [] : [seen(connected, 'it connects')]),
        { message: 'the record has no DeclarativeManagement for it' },
      ],
      ...(history.began === null ? { decides: 'was the command sent before the record begins?' } : {}),
    }
  },
}
