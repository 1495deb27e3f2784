import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { loadConfig } from '../config.ts';
import { variableNames } from './variables.ts';

const example = readFileSync(join(import.meta.dirname, '../../../.env.example'), 'utf8');

describe('.env.example', () => {
  it('names every variable that the server reads, and no other', () => {
    expect(Object.keys(parseEnv(example)).toSorted()).toEqual(variableNames.toSorted());
  });

  it('changes nothing when it is copied as it is', () => {
    const directory = mkdtempSync(join(tmpdir(), 'env-'));
    const without = loadConfig(directory, {});

    writeFileSync(join(directory, '.env'), example);

    const config = loadConfig(directory, {});
    expect({ ...config, settings: [] }).toEqual({ ...without, notes: [] });
    rmSync(directory, { recursive: true });
  });
});
