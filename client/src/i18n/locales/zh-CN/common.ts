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
};
