import { constants, Script } from 'node:vm';

const importModule = new Script('(specifier) => import(specifier)', {
  filename: import.meta.filename,
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}).runInThisContext() as (specifier: string) => Promise<unknown>;

/**
 * Imports a package as Node does, past Jest's own loader and its transforms: what runs is what its
 * users run. It lives outside of the test's realm, so its errors are no `instanceof` the test's `Error`.
 *
 * @typeParam Module - `typeof import('…')` of the same package.
 */
export async function importAsPublished<Module>(specifier: string): Promise<Module> {
  return (await importModule(specifier)) as Module;
}
