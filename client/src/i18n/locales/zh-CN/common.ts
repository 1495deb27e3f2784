import type { Dictionary } from '../en/index.ts';

export const common: Dictionary['common'] = {
  cancel: '取消',
  close: '关闭',
  copy: '复制',
  copied: '已复制',
  delete: '删除',
  edit: '编辑',
  loading: '正在加载',
  refresh: '刷新',
  save: '保存',
  search: '搜索',
  tryAgain: '重试',
  unknown: '未知',
  continue: '继续',
  dismiss: '关闭提示',
  error: '错误',
  possibleAgainIn: '{{seconds}} 秒后可重试。',
  request: '请求',
  simulator: '模拟器',
  simulatorText:
    '<strong>这是内置模拟器，</strong>因为没有设置密钥：回答是虚构的，不会产生费用。要使用 OpenRouter，请在 <code>.env</code> 中填写 <code>OPENROUTER_API_KEY</code> 并重启。',
  providerLabel: '提供方：{{provider}}',
  noProvider: '无',
  toTheChat: '{{appTitle}}，返回聊天',
};
