import { node } from '../../languages/node/record.ts';
import { python } from '../../languages/python/record.ts';
import { djangoProgram } from './programs/django.ts';
import { peeweeProgram } from './programs/peewee.ts';
import { pgProgram } from './programs/pg.ts';
import { ponyProgram } from './programs/pony.ts';
import { psycopgProgram } from './programs/psycopg.ts';
import { sqlalchemyProgram } from './programs/sqlalchemy.ts';
import type { Starter } from './starter.ts';

const inPython = {
  language: python,
  install: 'python -m pip install',
  partial: 'python-3.mdx',
  adds: 'add_book',
} as const;

/** The programs that a tutorial can begin with. The first of each language is used when no driver is named. */
export const STARTERS: readonly Starter[] = [
  {
    ...inPython,
    driver: 'psycopg2',
    packages: ['psycopg2-binary'],
    imports: ['psycopg2'],
    program: (mode) => psycopgProgram('psycopg2', mode),
  },
  {
    ...inPython,
    driver: 'psycopg',
    packages: ['psycopg[binary]'],
    imports: ['psycopg'],
    program: (mode) => psycopgProgram('psycopg', mode),
  },
  {
    ...inPython,
    driver: 'sqlalchemy',
    called: 'SQLAlchemy',
    packages: ['sqlalchemy', 'sqlalchemy-cockroachdb', 'psycopg2-binary'],
    imports: ['sqlalchemy', 'sqlalchemy_cockroachdb', 'psycopg2'],
    program: sqlalchemyProgram,
  },
  {
    ...inPython,
    driver: 'django',
    called: 'Django',
    packages: ['django', 'django-cockroachdb', 'psycopg2-binary'],
    imports: ['django', 'django_cockroachdb', 'psycopg2'],
    needs: 'v23.2',
    program: djangoProgram,
  },
  {
    ...inPython,
    driver: 'pony',
    called: 'PonyORM',
    packages: ['pony', 'psycopg2-binary'],
    imports: ['pony.orm', 'psycopg2'],
    program: ponyProgram,
  },
  {
    ...inPython,
    driver: 'peewee',
    packages: ['peewee', 'psycopg2-binary'],
    imports: ['peewee', 'playhouse.cockroachdb', 'psycopg2'],
    program: peeweeProgram,
  },
  {
    language: node,
    install: 'npm install',
    partial: 'nodejs.mdx',
    adds: 'addBook',
    driver: 'pg',
    packages: ['pg'],
    imports: [],
    program: pgProgram,
  },
];
