import { useTranslation } from 'react-i18next';
import { readFurther, writeFurther } from '../../settings/further-parameters.ts';
import { findFurtherProblem, type FurtherProblem } from '../../settings/further-problem.ts';
import type { ModelParameters } from '../../settings/parameters.ts';
import { JsonField } from './JsonField.tsx';
import type { ParameterProps } from './section-props.ts';

const TEXTS = {
  refused: 'settings.furtherRefused',
  own: 'settings.furtherOwn',
  function: 'settings.furtherFunction',
  wrong: 'settings.furtherWrong',
} as const satisfies Record<FurtherProblem['why'], string>;

/** Everything that a request can say and that has no field, as JSON. */
export function FurtherField({ parameters, onChange }: ParameterProps) {
  const { t } = useTranslation();
  const write = (further: ModelParameters) => writeFurther(parameters, further);
  return (
    <JsonField
      name="further"
      label={t('settings.further')}
      hint={t('settings.furtherHint')}
      value={readFurther(parameters)}
      check={(further) => {
        const problem = findFurtherProblem(further);
        return problem && t(TEXTS[problem.why], { name: problem.name });
      }}
      settle={(further) => readFurther(write(further))}
      onChange={(further) => onChange(write(further))}
    />
  );
}
