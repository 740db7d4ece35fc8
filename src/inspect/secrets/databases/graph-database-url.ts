import { defineConnection } from '../connection-url.ts';

export const rule = defineConnection({
  id: 'graph-database-url',
  family: 'databases',
  title: 'graph database address with password',
  about: 'Addresses of Neo4j, ArangoDB, Couchbase and Cassandra with a password',
  schemes: [
    'neo4j',
    'neo4j+s',
    'neo4j+ssc',
    'bolt',
    'bolt+s',
    'bolt+ssc',
    'couchbase',
    'couchbases',
    'couchdb',
    'cassandra',
    'arangodb',
  ],
});
