import type { DoctorFinding, DoctorStep } from '@openrouter-native/openrouter';
import { askServer, type NoAnswer, type ServerAnswer } from '../ask-server.ts';
import { reasonToSkip, type DoctorTarget } from '../target.ts';

const SCRIPT = /<script[^>]+src="(\/[^"]+)"/;

/** Can an old page stand in the browser, or in a cache on the way to it? */
export function createPageCheck({ localUrl, publicUrl }: DoctorTarget): DoctorStep {
  return {
    id: 'page',
    title: 'Page and browser cache',
    async run({ signal }, earlier) {
      const reason = reasonToSkip(earlier);
      if (reason !== null) return { status: 'skipped', evidence: [reason] };
      const open = (base: string) => askServer(`${base}/`, { Accept: 'text/html' }, signal);
      const own = await open(localUrl);
      if ('code' in own) return { status: 'skipped', evidence: [`${localUrl}: ${own.code}.`] };
      if (own.status !== 200) return missing(`${localUrl} answered ${own.status} for the page.`);
      const script = SCRIPT.exec(own.text)?.[1];
      const part = script && (await askServer(`${localUrl}${script}`, {}, signal));
      if (!part || 'code' in part || part.status !== 200) {
        return missing(`The page asks for ${script ?? 'a script'}, which is not there.`);
      }
      const said = `The page is sent with Cache-Control: ${own.headers.get('cache-control') ?? 'nothing'}.`;
      const evidence = [
        said,
        'If a browser shows an old one all the same, reload with Ctrl+Shift+R.',
      ];
      if (!publicUrl) return { status: 'ok', evidence };
      const base = publicUrl.href.replace(/\/+$/, '');
      return compare(own, await open(base), evidence, base);
    },
  };
}

function compare(
  own: ServerAnswer,
  seen: ServerAnswer | NoAnswer,
  evidence: string[],
  base: string,
): DoctorFinding {
  if ('code' in seen) {
    return {
      status: 'ok',
      evidence: [...evidence, `${base} cannot be reached from here: ${seen.code}.`],
    };
  }
  const age = Number(seen.headers.get('age') ?? 0);
  const isOther = SCRIPT.exec(seen.text)?.[1] !== SCRIPT.exec(own.text)?.[1];
  if (!isOther && age === 0)
    return { status: 'ok', evidence: [...evidence, `${base} sends the same page.`] };
  return {
    status: 'warning',
    cause: 'page_cached',
    evidence: [
      isOther
        ? `${base} sends another page than the server.`
        : `${base} sends a copy that is ${age} s old.`,
      ...['server', 'via', 'x-cache', 'cf-cache-status'].flatMap((name) => {
        const value = seen.headers.get(name);
        return value === null ? [] : [`${name}: ${value}`];
      }),
    ],
  };
}

function missing(evidence: string): DoctorFinding {
  return { status: 'warning', cause: 'page_missing', evidence: [evidence] };
}
