import type { Dictionary } from '../en/index.ts';

export const credits: Dictionary['credits'] = {
  label: '余额：{{text}}。刷新',
  loading: '余额…',
  unavailable: '不可用',
  unknown: '未知',
  unknownText: 'OpenRouter 没有告知余额。',
  noLimit: '无上限',
  noLimitText:
    '此密钥没有消费上限。账户余额未知：管理员设置 OPENROUTER_MANAGEMENT_KEY 后即可查看。',
  ofLimit: '{{amount}}/{{limit}}',
  ofAccount: 'OpenRouter 账户余额。',
  ofKey: '此密钥消费上限的剩余额度。',
  low: '偏低',
  veryLow: '很低',
  asOf: '截至 {{time}}',
  stale: '此后无法联系 OpenRouter。',
  refreshFailed: '上次刷新失败：{{message}}',
  clickToRefresh: '点击刷新。',
  addKey: '添加密钥',
};
