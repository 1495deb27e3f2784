import type { AnswerSettings } from '@openrouter-native/react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useChosenModel } from '../../models/useChosenModel.ts';
import { AgentPicker, loadAgentSearch } from '../Agents/AgentPicker.tsx';
import { ModelPicker } from '../ModelPicker/ModelPicker.tsx';
import { whenIdle } from '../ui/when-idle.ts';
import { ProviderSelect } from './ProviderSelect.tsx';

/** Who gives the next answer. */
export interface AnswererSelectProps {
  settings: AnswerSettings;
  onChange: (change: Partial<AnswerSettings>) => void;
  /** Nothing was asked yet, so that the address says with whom the conversation begins. */
  isNew: boolean;
  isSimulated: boolean;
  /** Whether the choice of models is open; something else may open it as well. */
  isPickerOpen: boolean;
  onPickerOpenChange: (isOpen: boolean) => void;
}

/** The provider and its model, or the agents and one of them. */
export function AnswererSelect(props: AnswererSelectProps) {
  const { settings, onChange, isNew, isSimulated } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const [lastModel] = useChosenModel();
  const providerRef = useRef<HTMLButtonElement>(null);
  const [isChoosing, setIsChoosing] = useState(false);
  const agentId = settings.agent_id ?? null;
  const value = agentId === null && !isChoosing ? 'openrouter' : 'agents';

  useEffect(() => whenIdle(loadAgentSearch), []);

  const addressed = isNew ? query.get('agent') : null;

  function chooseAgent(id: string) {
    setIsChoosing(false);
    if (isNew && addressed !== id) {
      void navigate(`/?agent=${encodeURIComponent(id)}`, { replace: true });
    } else {
      onChange({ agent_id: id, model: null });
    }
  }

  function setIsPickerShown(isShown: boolean) {
    setIsChoosing(isShown);
    // Without an agent, the button that the dialog hangs on goes away with it.
    if (!isShown && agentId === null) requestAnimationFrame(() => providerRef.current?.focus());
  }

  function chooseProvider(id: string) {
    setIsChoosing(id === 'agents');
    if (id === 'agents' || agentId === null) return;
    if (addressed !== null) void navigate('/', { replace: true });
    else onChange({ agent_id: null, model: lastModel });
  }

  return (
    <>
      <ProviderSelect
        buttonRef={providerRef}
        value={value}
        onChange={chooseProvider}
        providers={[
          {
            id: 'openrouter',
            label: 'OpenRouter',
            hint: t(isSimulated ? 'chat.providerSimulator' : 'chat.providerHint'),
          },
          { id: 'agents', label: t('chat.agents'), hint: t('chat.agentsHint') },
        ]}
      />
      <span aria-hidden="true" className="text-line-strong">
        /
      </span>
      {value === 'agents' ? (
        <AgentPicker
          chosenId={agentId}
          isOpen={isChoosing}
          setIsOpen={setIsPickerShown}
          onChoose={chooseAgent}
        />
      ) : (
        <ModelPicker
          chosenId={settings.model ?? null}
          onChoose={(model) => onChange({ model })}
          isOpen={props.isPickerOpen}
          onOpenChange={props.onPickerOpenChange}
        />
      )}
    </>
  );
}
