import type { DoctorCheck, DoctorReport } from '@openrouter-native/protocol';
import { doctorReportSchema } from '@openrouter-native/protocol';
import type { Simulator } from '@openrouter-native/simulator';
import { closingChecks, setupChecks, upstreamChecks } from '../checks/standard.ts';
import { examine, type ExaminationOptions } from '../examine.ts';
import { readPatient } from '../patient.ts';

/** The report of all checks that need no host, by what a `.env` says. */
export async function examined(
  variables: Record<string, string>,
  options: Partial<ExaminationOptions> = {},
): Promise<DoctorReport> {
  const report = await examine({
    patient: readPatient([{ values: variables, source: '.env' }]),
    checks: [...setupChecks, ...upstreamChecks, ...closingChecks],
    ...options,
  });
  return doctorReportSchema.parse(report);
}

/** The variables of somebody who uses a simulator with one of its keys. */
export function withKey(
  simulator: Simulator,
  name: keyof Simulator['keys'],
): Record<string, string> {
  return { OPENROUTER_API_KEY: simulator.keys[name], OPENROUTER_BASE_URL: simulator.url };
}

export function checkOf(report: DoctorReport, id: string): DoctorCheck {
  const check = report.checks.find((candidate) => candidate.id === id);
  if (!check) throw new Error(`There is no check ${id}`);
  return check;
}

/** The causes in their order, failures only. */
export function failuresOf({ conclusion }: DoctorReport): string[] {
  return conclusion.causes.filter(({ status }) => status === 'failed').map(({ cause }) => cause);
}
