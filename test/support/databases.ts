export {
  closeDatabases,
  embedded,
  onEachDatabase,
  openOnce,
  OPEN_TIMEOUT_MS,
  type TestDatabase,
} from '@openrouter-native/api/database/testing/each-database';
