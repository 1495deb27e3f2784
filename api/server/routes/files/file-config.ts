import type { FileConfig } from '@openrouter-native/protocol';
import { claimedTypePatterns } from '../../files/kinds.ts';
import { FILES_PER_MESSAGE, type FileLimits } from '../../files/limits.ts';

const MB = 1024 * 1024;

/** What a page has to know before it sends files. */
export function describeFileConfig({ fileBytes }: FileLimits): FileConfig {
  const megabytes = fileBytes / MB;
  const limits = {
    disabled: false,
    fileLimit: FILES_PER_MESSAGE,
    fileSizeLimit: megabytes,
    totalSizeLimit: megabytes * FILES_PER_MESSAGE,
    supportedMimeTypes: [...claimedTypePatterns],
  };
  return {
    endpoints: { default: limits, agents: limits }, // LibreChat's page has limits of its own for agents.
    serverFileSizeLimit: megabytes,
  };
}
