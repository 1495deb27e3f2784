/** What models can be given; each kind travels in a content part of its own. */
export type FileKind = 'image' | 'pdf' | 'audio' | 'text';

/** One accepted type of file. */
export interface AcceptedType {
  kind: FileKind;
  /** Media type it is stored and handed out under. */
  type: string;
  /** `format` of an `input_audio` part. */
  audioFormat?: 'wav' | 'mp3' | 'aiff' | 'aac' | 'ogg' | 'flac' | 'm4a';
}

const image = (type: string): AcceptedType => ({ kind: 'image', type });
const audio = (type: string, audioFormat: AcceptedType['audioFormat'] & string): AcceptedType => ({
  kind: 'audio',
  type,
  audioFormat,
});

/**
 * By the ending that the package `file-type` gives to what it recognises.
 *
 * @see https://openrouter.ai/docs/features/multimodal/overview
 */
const RECOGNISED: ReadonlyMap<string, AcceptedType> = new Map([
  ['png', image('image/png')],
  ['apng', image('image/png')],
  ['jpg', image('image/jpeg')],
  ['webp', image('image/webp')],
  ['gif', image('image/gif')],
  ['pdf', { kind: 'pdf', type: 'application/pdf' }],
  ['wav', audio('audio/wav', 'wav')],
  ['mp3', audio('audio/mpeg', 'mp3')],
  ['aif', audio('audio/aiff', 'aiff')],
  ['aac', audio('audio/aac', 'aac')],
  ['ogg', audio('audio/ogg', 'ogg')],
  ['oga', audio('audio/ogg', 'ogg')],
  ['opus', audio('audio/ogg', 'ogg')],
  ['spx', audio('audio/ogg', 'ogg')],
  ['flac', audio('audio/flac', 'flac')],
  ['m4a', audio('audio/mp4', 'm4a')],
  ['m4b', audio('audio/mp4', 'm4a')],
  ['f4a', audio('audio/mp4', 'm4a')],
]);

/** Everything that is text, whatever its author calls it: nothing in it is ever run or rendered. */
export const TEXT: AcceptedType = { kind: 'text', type: 'text/plain' };

/** For people, in an error message. */
export const ACCEPTED =
  'pictures (PNG, JPEG, WebP, GIF), PDF, audio (WAV, MP3, AIFF, AAC, Ogg, FLAC, M4A) or text (UTF-8)';

/**
 * Patterns of the media types that browsers report for the accepted files, for a page that wants to
 * sort out hopeless ones before it sends them.
 */
export const claimedTypePatterns: readonly string[] = [
  String.raw`^image\/(png|apng|jpeg|jpg|webp|gif)$`,
  String.raw`^application\/pdf$`,
  String.raw`^audio\/(wav|x-wav|wave|vnd\.wave|mpeg|mp3|aiff|x-aiff|aac|x-aac|ogg|opus|flac|x-flac|mp4|x-m4a|m4a)$`,
  String.raw`^text\/.+$`,
  String.raw`^[a-z]+\/[\w.-]+\+(json|xml|yaml)$`,
  String.raw`^application\/(x-)?(json|ndjson|jsonlines|xml|yaml|toml|javascript|ecmascript|typescript|sh|shellscript|sql|csv|tex|latex|httpd-php|php|python|ruby|perl|lua|subrip)$`,
];

/** @param extension - As `file-type` gives it. @returns `null` when it is not accepted. */
export function recognisedType(extension: string): AcceptedType | null {
  return RECOGNISED.get(extension) ?? null;
}

/** The kind of a stored file. @param type - The media type it is stored under. */
export function acceptedType(type: string): AcceptedType {
  return [...RECOGNISED.values()].find((accepted) => accepted.type === type) ?? TEXT;
}
