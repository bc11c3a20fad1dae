# tries: to reach servers of the host through the database, here a TCP port on its loopback (argument 1), and the
#   addresses at which clouds answer: BACKUP, EXPORT, IMPORT, RESTORE, changefeeds, external connections, foreign
#   servers, replication.
# holds: the host's server hears nothing of it, and no statement returns rows.
# arguments: host-port
# cluster: insecure
import sys

import psycopg2

port = sys.argv[1]
PLACES = [
    *(f'http://{host}:{port}/x' for host in ('127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '10.0.2.2')),
    'http://169.254.169.254/latest/meta-data',
    f's3://bucket/x?AWS_ENDPOINT=http://127.0.0.1:{port}&AUTH=implicit',
    'azure://container/x?AZURE_ACCOUNT_NAME=a&AZURE_ACCOUNT_KEY=YQ==',
    'gs://bucket/x?AUTH=implicit',
    'nodelocal://1/x',
    'userfile:///x',
    'external://mine',
]
STATEMENTS = ['CREATE TABLE IF NOT EXISTS n (v STRING)']
for place in PLACES:
    STATEMENTS += [
        f"BACKUP INTO '{place}'",
        f"BACKUP TABLE n INTO LATEST IN '{place}'",
        f"RESTORE FROM LATEST IN '{place}'",
        f"EXPORT INTO CSV '{place}' FROM TABLE n",
        f"IMPORT INTO n CSV DATA ('{place}')",
        f"SHOW BACKUPS IN '{place}'",
        f"CREATE EXTERNAL CONNECTION mine AS '{place}'",
        f"CREATE SCHEDULE FOR BACKUP INTO '{place}' RECURRING '@hourly'",
    ]
SINKS = [
    f'webhook-https://127.0.0.1:{port}/x?insecure_tls_skip_verify=true',
    f'kafka://127.0.0.1:{port}',
    f'http://127.0.0.1:{port}',
    f'experimental-sql://127.0.0.1:{port}',
]
STATEMENTS += [f"CREATE CHANGEFEED FOR TABLE n INTO '{sink}'" for sink in SINKS]
target = f'host=127.0.0.1 port={port} user=x password=x connect_timeout=2'
STATEMENTS += [
    f"SELECT dblink_connect('{target}')",
    f"SELECT * FROM dblink('{target}', 'SELECT 1') AS x (a INT)",
    f"CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '{port}')",
    f"CREATE SUBSCRIPTION s CONNECTION '{target}' PUBLICATION p",
    f"CREATE LOGICALLY REPLICATED TABLE r FROM TABLE n ON 'postgresql://127.0.0.1:{port}'",
    f"CREATE VIRTUAL CLUSTER v FROM REPLICATION OF v ON 'postgresql://127.0.0.1:{port}'",
]
connection = psycopg2.connect(host='localhost', port=26257, user='root', dbname='defaultdb', sslmode='disable')
connection.autocommit = True
connection.cursor().execute("SET statement_timeout = '2s'")
for statement in STATEMENTS:
    cursor = connection.cursor()
    try:
        cursor.execute(statement)
        rows = cursor.fetchall() if cursor.description else []
        if rows and not statement.startswith(('CREATE CHANGEFEED', 'BACKUP', 'EXPORT')):
            print('BROKEN answered:', statement, rows[:2])
    except psycopg2.Error:
        pass
print('held: the server of the host tells')
