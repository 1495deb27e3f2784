import { median } from '../../measure.ts';
import { jsonAnswer, streamedAnswer, type Round } from './measurement.ts';

export const JSON_MS = 'JSON ms';
export const FIRST_TOKEN_MS = 'first token ms';

const TURNS = 3;
const TIMES = 20;

/** One request at a time, a few of each contestant in turns. */
export const measureLatency: Round = async ({ contestants, load, samples }) => {
  const timed = contestants.map(({ name }) => ({
    name,
    whole: [] as number[],
    first: [] as number[],
  }));
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const [index, contestant] of contestants.entries()) {
      const json = await load.sequence({ question: contestant.ask(jsonAnswer), times: TIMES });
      const streams = await load.sequence({
        question: contestant.ask(streamedAnswer),
        times: TIMES,
      });
      timed[index]?.whole.push(...json.map(({ totalMs }) => totalMs));
      timed[index]?.first.push(...streams.map(({ firstTokenMs }) => firstTokenMs ?? Number.NaN));
    }
  }
  for (const { name, whole, first } of timed) {
    samples.add(JSON_MS, name, median(whole));
    samples.add(FIRST_TOKEN_MS, name, median(first));
  }
};
