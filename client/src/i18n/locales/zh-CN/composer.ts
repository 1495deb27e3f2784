import type { Dictionary } from '../en/index.ts';

export const composer: Dictionary['composer'] = {
  label: '编写消息',
  message: '消息',
  placeholder: '随便问点什么',
  send: '发送',
  stop: '停止回答',
  empty: '请先输入消息',
  noModel: '请先选择模型',
  noModelHint: '请先在顶部选择一个模型。',
  sendHint: 'Enter 发送，Shift + Enter 换行。',
  stopHint: 'Esc 停止。',
};
