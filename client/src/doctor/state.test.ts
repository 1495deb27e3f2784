import type { DoctorCheck, DoctorReport } from '@openrouter-native/protocol';
import { idle, reduceDoctor, type DoctorState } from './state.ts';

const check: DoctorCheck = {
  id: 'dns',
  title: 'Name lookup (DNS)',
  status: 'ok',
  cause: null,
  evidence: [],
  ms: 3,
  action: null,
  cost_usd: 0,
};
const report: DoctorReport = {
  status: 'ok',
  started_at: '2026-01-01T00:00:00.000Z',
  ms: 3,
  cost_usd: 0,
  conclusion: { sentence: 'All is well.', causes: [] },
  checks: [check],
};

it('knows what is planned, what was checked, and the report at the end', () => {
  const running: DoctorState = { ...idle, status: 'running' };

  const begun = reduceDoctor(running, { type: 'begin', checks: [{ id: 'dns', title: 'DNS' }] });
  const checked = reduceDoctor(begun, { type: 'check', check });
  const done = reduceDoctor(checked, { type: 'report', report, markdown: '# Report' });

  expect(begun.planned).toHaveLength(1);
  expect(checked).toMatchObject({ status: 'running', checks: [check], report: null });
  expect(done).toMatchObject({ status: 'done', report, markdown: '# Report' });
});
