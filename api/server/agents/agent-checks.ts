import { isDeepStrictEqual } from 'node:util';
import { RequestError, type AllowedModels } from '@openrouter-native/plugin';
import type { AgentFields } from '@openrouter-native/protocol';
import type { Files } from '../files/files.ts';
import type { Toolbox } from '../tools/tool.ts';
import type { AgentProviders } from './agent-providers.ts';
import { asRequest } from './model-parameters.ts';

/** What the checks ask. */
export interface AgentChecksDependencies {
  providers: AgentProviders;
  allowedModels: AllowedModels;
  toolbox: Pick<Toolbox, 'isPossible'>;
  files: Pick<Files, 'references'>;
}

/** Whether an agent may be saved. */
export interface AgentChecks {
  /**
   * Looks at what is new only: an agent whose model is gone can still be given another name.
   *
   * @param before - The agent as it is; `null` for a new one.
   * @throws RequestError `invalid_request` that names the field, `model_not_allowed`.
   */
  check(userId: string, after: AgentFields, before: AgentFields | null): Promise<void>;
}

export function createAgentChecks(dependencies: AgentChecksDependencies): AgentChecks {
  const { providers, allowedModels, toolbox, files } = dependencies;

  async function checkFiles(userId: string, ids: readonly string[]): Promise<void> {
    try {
      await files.references(userId, ids);
    } catch (error) {
      if (!(error instanceof RequestError) || error.reason !== 'not_found') throw error;
      throw invalid('file_ids', error.message, 'Upload the file again, or leave it out.');
    }
  }

  return {
    async check(userId, after, before) {
      const { provider, model, model_parameters: parameters } = after;
      if (provider !== before?.provider) {
        const problem = providers.problemOf(provider);
        if (problem) throw invalid('provider', problem.message, problem.action);
      }
      if (model !== before?.model || !isDeepStrictEqual(parameters, before.model_parameters)) {
        allowedModels.check(asRequest(model, parameters));
      }
      // Any tool of a configured MCP server will do, so that one that is away is in nobody's way.
      const unknown = newIn(after.tools, before?.tools).find((name) => !toolbox.isPossible(name));
      if (unknown !== undefined) {
        const message = `this server has no tool ${JSON.stringify(unknown)}.`;
        throw invalid('tools', message, 'Choose from the tools that are listed, or leave it out.');
      }
      const addsFiles = newIn(after.file_ids, before?.file_ids).length > 0;
      if (addsFiles) await checkFiles(userId, after.file_ids); // All: their sum is limited.
    },
  };
}

function newIn(after: readonly string[], before: readonly string[] = []): string[] {
  return after.filter((item) => !before.includes(item));
}

function invalid(field: string, message: string, action: string): RequestError {
  return new RequestError('invalid_request', `${field}: ${message}`, {
    action,
    metadata: { fields: [field] },
  });
}
