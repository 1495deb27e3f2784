import { useTranslation } from 'react-i18next';
import { numberText } from '../../settings/number-text.ts';
import {
  defaultOf,
  MAX_STOPS,
  numberParameters,
  rangeOn,
  readNumber,
  readStops,
  takes,
  verbosities,
  withParameter,
  writeNumber,
  type NumberName,
} from '../../settings/parameters.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { ChoiceField } from './ChoiceField.tsx';
import { Fold } from './Fold.tsx';
import { FormatField } from './FormatField.tsx';
import { FurtherField } from './FurtherField.tsx';
import { NumberField } from './NumberField.tsx';
import { PillChoice } from './PillChoice.tsx';
import type { ParameterProps } from './section-props.ts';
import { TextListField } from './TextListField.tsx';
import { UnusedParameters } from './UnusedParameters.tsx';

/** What most people look for; the others are folded. */
const FIRST: readonly NumberName[] = ['temperature', 'top_p', 'max_tokens'];
/** Where a slider stands that nobody moved and whose default is not known: upstream's own. */
const STARTS: Readonly<Record<NumberName, number>> = {
  temperature: 1,
  top_p: 1,
  top_k: 0,
  min_p: 0,
  top_a: 0,
  frequency_penalty: 0,
  presence_penalty: 0,
  repetition_penalty: 1,
  max_tokens: 4096,
  seed: 1,
};

/** The parameters that the model takes, and only those. */
export function ParameterFields(props: ParameterProps) {
  const { model, parameters, onChange } = props;
  const { t } = useTranslation();
  const isTaken = (name: string) => takes(model, name) !== false;
  const numbers = numberParameters.filter(({ name }) => isTaken(name));
  const first = FIRST.filter((name) => isTaken(name));
  const others = numbers.filter(({ name }) => !FIRST.includes(name));
  const isSet = (name: string) => name in parameters;
  const folded = [...others.map(({ name }) => name), 'stop', 'parallel_tool_calls'];
  return (
    <>
      <UnusedParameters {...props} />
      {first.map((name) => (
        <NumberParameterField key={name} name={name} {...props} />
      ))}
      {isTaken('verbosity') && (
        <PillChoice
          label={t('settings.verbosity')}
          hint={t('settings.verbosityHint')}
          value={verbosities.find((each) => each === parameters['verbosity']) ?? 'default'}
          options={[
            { value: 'default', label: t('settings.effort_default') },
            ...verbosities.map((value) => ({ value, label: t(`settings.effort_${value}`) })),
          ]}
          onChange={(value) =>
            onChange(withParameter(parameters, 'verbosity', value === 'default' ? null : value))
          }
        />
      )}
      {isTaken('response_format') && <FormatField {...props} />}
      <Fold title={t('settings.parametersMore')} isOpenAtFirst={folded.some(isSet)}>
        {others.map(({ name }) => (
          <NumberParameterField key={name} name={name} {...props} />
        ))}
        {isTaken('stop') && (
          <TextListField
            name="stop"
            label={t('settings.stop')}
            hint={t('settings.stopHint', { count: MAX_STOPS })}
            items={readStops(parameters)}
            show={(stop) => stop.replaceAll('\n', '\\n')}
            read={(typed) => typed.replaceAll('\\n', '\n')}
            wrong=""
            maxItems={MAX_STOPS}
            full={t('settings.stopFull', { count: MAX_STOPS })}
            onChange={(stops) => onChange(withParameter(parameters, 'stop', stops))}
          />
        )}
        {isTaken('parallel_tool_calls') && (
          <ChoiceField
            label={t('settings.parallel_tool_calls')}
            hint={t('settings.parallel_tool_callsHint')}
            value={toText(parameters['parallel_tool_calls'])}
            options={[
              { value: 'default', label: t('settings.effort_default') },
              { value: 'true', label: t('settings.yes') },
              { value: 'false', label: t('settings.no') },
            ]}
            onChange={(value) =>
              onChange(
                withParameter(
                  parameters,
                  'parallel_tool_calls',
                  value === 'default' ? null : value === 'true',
                ),
              )
            }
          />
        )}
        <FurtherField {...props} />
      </Fold>
    </>
  );
}

function toText(flag: unknown): 'default' | 'true' | 'false' {
  if (typeof flag !== 'boolean') return 'default';
  return flag ? 'true' : 'false';
}

function NumberParameterField({
  name,
  model,
  parameters,
  onChange,
}: ParameterProps & { name: NumberName }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const parameter = numberParameters.find((each) => each.name === name);
  if (!parameter) return null;
  const range = rangeOn(model, parameter);
  const usual = defaultOf(model, name);
  const isLength = name === 'max_tokens';
  const hint =
    isLength && range.max !== null
      ? t('settings.max_tokensLimit', { max: format.count(range.max) })
      : t(`settings.${name}Hint`);
  return (
    <NumberField
      name={name}
      label={t(`settings.${name}`)}
      hint={hint}
      placeholder={
        usual === null
          ? t('settings.default')
          : t('settings.modelDefault', { value: numberText(usual, i18n.language) })
      }
      range={range}
      step={parameter.step}
      start={usual ?? Math.min(STARTS[name], range.max ?? Infinity)}
      hasSlider={!isLength}
      value={readNumber(parameters, name)}
      onChange={(value) => onChange(writeNumber(parameters, name, value, model))}
    />
  );
}
