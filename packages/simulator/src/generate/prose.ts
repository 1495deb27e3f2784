import { solveArithmetic } from './arithmetic.ts';
import { languageNames } from './code/language.ts';
import { writeCode } from './code/write.ts';
import { describeAttachments } from './describe-attachments.ts';
import { createWriter, type Writer } from './grammar.ts';
import type { Question } from './question.ts';
import { answerGrammar } from './rules.ts';
import type { Random } from './seed.ts';

/** Who answers, and with what at hand. */
export interface Voice {
  /** The catalogue's name without its author: `GPT-5 Mini`. */
  readonly modelName: string;
}

/** A writer that knows the question's words. */
export function createAnswerWriter(
  question: Question,
  voice: Voice,
  random: Random,
  slots: Readonly<Record<string, string>> = {},
): Writer {
  const keywords = question.keywords.length > 0 ? question.keywords : [question.topic];
  return createWriter(
    answerGrammar,
    {
      model: voice.modelName,
      topic: question.topic,
      earlier: question.earlierTopic ?? question.topic,
      instructions: question.instructions ?? '',
      keyword: keywords.map((word) => `*${word}*`),
      ...slots,
    },
    random,
  );
}

/** An answer in words (and code), in Markdown. */
export function writeAnswer(question: Question, voice: Voice, random: Random): string {
  if (question.dictated !== null) return question.dictated;
  if (question.form === 'title') return writeTitle(question);
  const sum = solveArithmetic(question.text);
  const writer = createAnswerWriter(question, voice, random, {
    attachments: describeAttachments(question.attachments),
    language: question.codeLanguage === null ? '' : languageNames[question.codeLanguage],
  });
  if (sum !== null) return `${sum}\n\nWorked out by ${voice.modelName}.`;
  if (question.form === 'greeting' || question.form === 'introduction') {
    return writer.write(question.form);
  }
  return bodyOf(question, writer, random).join('\n\n');
}

function bodyOf(question: Question, writer: Writer, random: Random): string[] {
  const seen = question.attachments.length > 0 ? [writer.write('seen')] : [];
  if (question.codeLanguage !== null) {
    return [
      ...seen,
      writer.write('codeIntro'),
      writeCode(question.codeLanguage, question.text, random),
      [writer.write('codeNote'), writer.write('codeNote')].join(' '),
      writer.write('codeClosing'),
    ];
  }
  if (question.length === 'short' && question.form === 'prose') {
    return [...seen, writer.write('shortAnswer')];
  }
  const opening = [
    writer.write('opening'),
    ...(question.earlierTopic === null ? [] : [writer.write('followUp')]),
    ...(question.instructions === null ? [] : [writer.write('instructed')]),
    writer.write('claim'),
  ].join(' ');
  return [...seen, opening, ...middleOf(question, writer, random), writer.write('closing')];
}

function middleOf(question: Question, writer: Writer, random: Random): string[] {
  const paragraphs = { short: 0, medium: random.between(1, 3), long: random.between(4, 6) };
  switch (question.form) {
    case 'list': {
      const count = question.itemCount ?? random.between(3, 6);
      return [writer.write('listIntro'), writeItems(writer, 'itemHead', '-', count)];
    }
    case 'steps': {
      const count = question.itemCount ?? random.between(4, 6);
      return [writer.write('stepsIntro'), writeItems(writer, 'stepHead', '1.', count)];
    }
    case 'table':
      return [
        writer.write('tableIntro'),
        writeTable(question, writer, random),
        paragraph(writer, random),
      ];
    case 'prose':
    case 'title':
    case 'greeting':
    case 'introduction':
      return Array.from({ length: paragraphs[question.length] }, (_, index) => {
        const text = paragraph(writer, random);
        const hasHead = question.length === 'long' && index < 5;
        return hasHead ? `## ${writer.write('sectionHead')}\n\n${text}` : text;
      });
    default:
      return question.form satisfies never;
  }
}

function paragraph(writer: Writer, random: Random): string {
  const sentences = [writer.write('support')];
  const more = random.between(1, 3);
  for (let index = 0; index < more; index += 1) {
    sentences.push(writer.write(random.chance(0.5) ? 'support' : 'turn'));
  }
  return sentences.join(' ');
}

function writeItems(writer: Writer, rule: string, mark: string, count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const number = mark === '1.' ? `${index + 1}.` : mark;
    return `${number} **${writer.write(rule)}** – ${writer.write('itemBody')}.`;
  }).join('\n');
}

function writeTable(question: Question, writer: Writer, random: Random): string {
  const [first = 'One way', second = 'Another way'] = comparedThings(question);
  const rows = Array.from({ length: random.between(3, 5) }, () => {
    return `| ${writer.write('criterion')} | ${writer.write('verdict')} | ${writer.write('verdict')} |`;
  });
  return [`| | ${first} | ${second} |`, '| --- | --- | --- |', ...rows].join('\n');
}

/** `compare X and Y`, `X vs Y`, or else the first two telling words. */
function comparedThings({ text, keywords }: Question): readonly string[] {
  const pair =
    /(?:compar\w*|between)\s+(?:the\s+)?([\w.+# -]{1,40}?)\s+(?:and|with|to|vs\.?|versus)\s+([\w.+#-]{1,40})/i.exec(
      text,
    ) ?? /([\w.+#-]{1,40})\s+(?:vs\.?|versus)\s+([\w.+#-]{1,40})/i.exec(text);
  return pair ? pair.slice(1, 3) : keywords.slice(0, 2);
}

/** A short title, without quotes or a full stop. */
function writeTitle({ keywords, topic }: Question): string {
  const chosen = keywords.length > 0 ? keywords.slice(-5) : topic.split(' ').slice(0, 5);
  return chosen.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}
