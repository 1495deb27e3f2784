export type { SimulatorKeys } from './accounts/keys.ts';
export { toolCallManners, type ToolCallManner } from './chat/tool-call-manners.ts';
export type { RecordedRequest, Simulator, SimulatorOptions } from './options.ts';
export type { ScriptedResponse, ScriptedToolCall, ScriptMatch, ScriptRule } from './script.ts';
export { startSimulator } from './server.ts';
