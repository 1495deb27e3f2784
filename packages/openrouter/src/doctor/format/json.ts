import type { DoctorReport } from '@openrouter-native/protocol';

/** The report as it is, for programs; shaped as `doctorReportSchema` says. */
export function formatJson(report: DoctorReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
