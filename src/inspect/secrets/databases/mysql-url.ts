import { defineConnection } from '../connection-url.ts';

export const rule = defineConnection({
  id: 'mysql-url',
  family: 'databases',
  title: 'MySQL address with password',
  about: 'Addresses of MySQL and MariaDB databases with a password',
  schemes: [
    'mysql',
    'mysql2',
    'mariadb',
    'mysql+pymysql',
    'mysql+mysqldb',
    'mysql+aiomysql',
    'mysql+asyncmy',
    'mysql+mysqlconnector',
    'mysqlx',
  ],
});
