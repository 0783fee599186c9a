import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

import svelteConfig from './svelte.config.js';

const tauri = { group: ['@tauri-apps/*'], message: 'Only src/lib/api.ts talks to Tauri.' };
const domain = { group: ['**/state/*', '**/views/**', '**/lib/api', '**/lib/types', '**/lib/texts'], message: 'Components know no domain.' };
const forbid = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'src/lib/types.ts'] },
  js.configs.recommended,
  ts.configs.strict,
  svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  { files: ['src/**'], rules: forbid(tauri) },
  { files: ['src/components/**'], rules: forbid(tauri, domain) },
  { files: ['src/lib/api.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['e2e/**', '*.config.*'], languageOptions: { globals: { ...globals.node } } },
);
