import { defineConnection } from '../connection-url.ts';

export const rule = defineConnection({
  id: 'mssql-url',
  family: 'databases',
  title: 'SQL Server address with password',
  about: 'Addresses of SQL Server and Oracle databases with a password',
  schemes: [
    'mssql',
    'sqlserver',
    'mssql+pyodbc',
    'mssql+pymssql',
    'oracle',
    'oracle+cx_oracle',
    'oracle+oracledb',
  ],
});
