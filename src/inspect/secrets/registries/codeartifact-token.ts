import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'codeartifact-token',
  family: 'registries',
  title: 'CodeArtifact token',
  about: 'Authorization tokens of AWS CodeArtifact, which package managers log in with',
  forms: [[['eyJ2ZXIiOjEsImlzdSI6'], run('dotted', 300, 2400)]],
});
