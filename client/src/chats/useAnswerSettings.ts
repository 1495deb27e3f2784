import type { Conversation } from '@openrouter-native/protocol';
import { usePresets, type AnswerSettings } from '@openrouter-native/react';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useChosenModel } from '../models/useChosenModel.ts';
import { useServices } from '../services-context.ts';
import { fromPreset } from '../settings/preset-settings.ts';
import { settingsOf } from './settings-of.ts';
import type { SettingsOwner } from './unsent-settings.ts';

/** Who gives the next answer and how, and what changes it. */
export interface SettingsChoice {
  /** The same object until something changes. */
  settings: AnswerSettings;
  change: (change: Partial<AnswerSettings>) => void;
  /** Reads the default preset again, which could not be read; `null` where nothing is missing. */
  retryPreset: (() => void) | null;
}

/**
 * The settings of the next answer: those of the conversation, which the server keeps with each answer,
 * and what was changed here since. A new conversation begins with the default preset, where there is
 * one, and otherwise with the model that was chosen last.
 *
 * @param conversation - `null` until it has begun or is there.
 * @param owner - The conversation that the page is about, or the agent of one that has not begun; both
 *   `null` for a new one with a plain model.
 */
export function useAnswerSettings(
  conversation: Conversation | null,
  { conversationId: pageId, agentId }: SettingsOwner,
): SettingsChoice {
  const { unsentSettings } = useServices();
  const [lastModel, rememberModel] = useChosenModel();
  const conversationId = conversation?.conversationId ?? pageId;
  const { beginning, retryPreset } = useBeginning(
    conversationId === null && agentId === null,
    lastModel,
  );
  const owner = useMemo(() => ({ conversationId, agentId }), [conversationId, agentId]);
  const changed = useSyncExternalStore(unsentSettings.subscribe, () => unsentSettings.get(owner));

  const settings = useMemo(() => {
    if (conversation) return { ...settingsOf(conversation), ...changed };
    return { ...(agentId === null ? beginning : { agent_id: agentId }), ...changed };
  }, [conversation, agentId, beginning, changed]);

  const change = useCallback(
    (next: Partial<AnswerSettings>) => {
      if (next.model) rememberModel(next.model);
      // A model that is chosen answers by itself, also where an agent did before.
      const answerer = next.model && next.agent_id === undefined ? { agent_id: null } : {};
      unsentSettings.change(owner, { ...answerer, ...next });
    },
    [owner, rememberModel, unsentSettings],
  );
  return { settings, change, retryPreset };
}

/**
 * What a conversation with a plain model begins with. Without a model until the default preset is
 * there or cannot be had: it may hold a limit or a data policy, so that a chat without it has to say so.
 */
function useBeginning(
  isWanted: boolean,
  lastModel: string | null,
): { beginning: AnswerSettings; retryPreset: (() => void) | null } {
  const { defaultPreset } = useServices();
  const presetId = useSyncExternalStore(defaultPreset.subscribe, defaultPreset.get);
  const isPresetWanted = isWanted && presetId !== null;
  const { presets, error, reload } = usePresets(isPresetWanted);
  const isUnread = isPresetWanted && !presets && error !== null;
  const beginning = useMemo(() => {
    if (presetId === null || isUnread) return { model: lastModel };
    if (!presets) return { model: null };
    const preset = presets.find((each) => each.presetId === presetId);
    return { model: lastModel, ...(preset && fromPreset(preset)) };
  }, [presetId, presets, isUnread, lastModel]);
  return { beginning, retryPreset: isUnread ? reload : null };
}
