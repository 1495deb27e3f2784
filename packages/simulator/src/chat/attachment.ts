import { invalidField } from '../invalid.ts';
import { isObject, type JsonObject } from '../json.ts';
import { countTokens } from '../generate/tokens.ts';

/** A picture, file, sound or film in a message. */
export interface Attachment {
  /** The input modality that a model needs for it. */
  readonly kind: 'image' | 'file' | 'audio' | 'video';
  /** `image/png`, …; `null` for an address whose content is not known here. */
  readonly mediaType: string | null;
  /** Decoded size; `null` for an address. */
  readonly bytes: number | null;
  readonly name: string | null;
  /** Host of an https address; `null` for inline data. */
  readonly host: string | null;
  /** What a text file says. */
  readonly text: string | null;
}

/** What one picture costs in a prompt, about what Gemini counts for a small one. */
const IMAGE_TOKENS = 258;
/** A PDF holds far more layout than words; about one page per 50 kB and 400 tokens per page. */
const FILE_BYTES_PER_TOKEN = 125;
/** About 32 tokens a second of speech at 16 kB a second. */
const MEDIA_BYTES_PER_TOKEN = 500;
const MIN_MEDIA_TOKENS = 32;
const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];
const AUDIO_FORMATS = ['wav', 'mp3', 'aiff', 'aac', 'ogg', 'flac', 'm4a', 'pcm16', 'pcm24'];

/**
 * Reads one part of a message that is not text.
 *
 * @throws ApiError 400 for an unknown part, an unreadable data URL or a picture of an unknown type.
 */
export function readAttachment(part: JsonObject, field: string): Attachment {
  switch (part['type']) {
    case 'image_url': {
      const image = readUrl(nested(part, 'image_url'), 'url', 'image', `${field}.image_url`);
      if (image.mediaType !== null && !IMAGE_TYPES.includes(image.mediaType)) {
        throw invalidField(`${field}.image_url.url`, `unsupported image type ${image.mediaType}`);
      }
      return image;
    }
    case 'video_url':
    case 'input_video':
      return readUrl(nested(part, 'video_url'), 'url', 'video', `${field}.video_url`);
    case 'input_audio':
      return readAudio(nested(part, 'input_audio'), `${field}.input_audio`);
    case 'file':
      return readFile(nested(part, 'file'), `${field}.file`);
    default:
      throw invalidField(`${field}.type`, 'is not a known content type');
  }
}

/** What an attachment adds to the prompt, in tokens. */
export function attachmentTokens(attachment: Attachment): number {
  if (attachment.kind === 'image') return IMAGE_TOKENS;
  if (attachment.text !== null) return countTokens(attachment.text);
  const perToken = attachment.kind === 'file' ? FILE_BYTES_PER_TOKEN : MEDIA_BYTES_PER_TOKEN;
  return Math.max(MIN_MEDIA_TOKENS, Math.ceil((attachment.bytes ?? 0) / perToken));
}

function readFile(file: JsonObject, field: string): Attachment {
  const name = typeof file['filename'] === 'string' ? file['filename'] : null;
  if (typeof file['file_id'] === 'string' && file['file_data'] === undefined) {
    return { kind: 'file', mediaType: null, bytes: null, name, host: null, text: null };
  }
  return { ...readUrl(file, 'file_data', 'file', field), name };
}

function readAudio(audio: JsonObject, field: string): Attachment {
  const { data, format } = audio;
  if (typeof data !== 'string') throw invalidField(`${field}.data`, 'must be base64 text');
  if (typeof format !== 'string' || !AUDIO_FORMATS.includes(format)) {
    throw invalidField(`${field}.format`, `must be one of ${AUDIO_FORMATS.join(', ')}`);
  }
  const bytes = Buffer.byteLength(data, 'base64');
  return { kind: 'audio', mediaType: `audio/${format}`, bytes, name: null, host: null, text: null };
}

function readUrl(
  holder: JsonObject,
  key: string,
  kind: Attachment['kind'],
  field: string,
): Attachment {
  const url = holder[key];
  if (typeof url !== 'string' || url === '') throw invalidField(`${field}.${key}`, 'is required');
  if (!url.startsWith('data:')) {
    const parsed = URL.parse(url);
    if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:') {
      throw invalidField(`${field}.${key}`, 'must be an https URL or a data URL');
    }
    return { kind, mediaType: null, bytes: null, name: null, host: parsed.host, text: null };
  }
  const comma = url.indexOf(',');
  const head = url.slice('data:'.length, comma);
  if (comma < 0 || !head.endsWith(';base64')) {
    throw invalidField(`${field}.${key}`, 'must be a base64 data URL');
  }
  const mediaType = head.slice(0, -';base64'.length).split(';')[0]?.toLowerCase() ?? '';
  const data = Buffer.from(url.slice(comma + 1), 'base64');
  const text = mediaType.startsWith('text/') ? data.toString('utf8') : null;
  return { kind, mediaType, bytes: data.length, name: null, host: null, text };
}

function nested(part: JsonObject, key: string): JsonObject {
  return isObject(part[key]) ? part[key] : {};
}
