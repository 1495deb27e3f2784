/** `npm run bench:client`: what a reader feels, in a real Chromium, against the whole product. */
import { openPlace, type Place } from '../support/place.ts';
import { measurePicker } from './client/picker.ts';
import { toMarkdown, type Row } from './client/report.ts';
import { measureStreaming } from './client/streaming.ts';

/** Each part begins with a page that is signed in. Named on the command line to run some only. */
const parts: Record<string, { title: string; measure: (place: Place) => Promise<Row[]> }> = {
  picker: { title: 'The model picker with 1,000 models', measure: measurePicker },
  streaming: { title: 'An answer of 20,000 tokens, 500 a second', measure: measureStreaming },
};

const wanted = process.argv.slice(2);
for (const [name, { title, measure }] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const place = await openPlace();
  try {
    console.log(`${toMarkdown(title, await measure(place))}\n`);
  } finally {
    await place.close();
  }
}
