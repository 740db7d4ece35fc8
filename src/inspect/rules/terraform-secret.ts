import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'terraform-secret',
  about: 'Secrets in variables and state of Terraform',
  files: /\.(?:tfvars|tfvars\.json|tfstate|tfstate\.backup)$/,
  what: 'a secret of the infrastructure',
  value:
    /(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{0,80}?(?:password|secret|token|private_key|access_key|api_key)[A-Za-z0-9_-]{0,40}["']?[ \t]{0,20}[=:][ \t]{0,20}["'](?<value>[^"'\n]{8,4000})["']/gm,
  example: { path: 'package/prod.auto.tfvars', text: (value) => `db_password = "${value}"\n` },
});
