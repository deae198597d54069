import { PlistReal } from '@edict/protocol'
import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'
import { notLost } from '../not-lost.ts'

/** Only in lost mode; always the same place. @see apple:mdm/commands/device.lostmode.location.yaml */
export const deviceLocation: Answer = (_command, { model, now }) =>
  model.commanded.lostMode === null
    ? notLost()
    : acknowledged({
        Latitude: new PlistReal(37.3349),
        Longitude: new PlistReal(-122.009),
        HorizontalAccuracy: new PlistReal(5),
        VerticalAccuracy: new PlistReal(3),
        Altitude: new PlistReal(52),
        Speed: new PlistReal(0),
        Course: new PlistReal(-1),
        Timestamp: new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'),
      })
