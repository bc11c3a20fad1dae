# tries: to find the agent's descriptors or memory in itself. The argument is the SHA-256 of a secret that the server
#   has sent through the agent before: the secret itself must not be in this program's memory.
# holds: it has three descriptors, no more, and no trace of the secret.
# arguments: secret-hash
import hashlib
import os
import re
import sys

extra = [
    fd for fd in (int(name) for name in os.listdir('/proc/self/fd')) if fd > 2 and os.path.exists(f'/proc/self/fd/{fd}')
]
print('held' if not extra else 'BROKEN', 'descriptors', extra)
found = looked = 0
with open('/proc/self/maps') as maps:
    lines = maps.readlines()
with open('/proc/self/mem', 'rb', 0) as memory:
    for line in lines:
        span, rights, *_ = line.split()
        if 'r' not in rights or '[v' in line:
            continue
        start, end = (int(part, 16) for part in span.split('-'))
        try:
            memory.seek(start)
            content = memory.read(end - start)
        except (OSError, ValueError):
            continue
        looked += len(content)
        found += sum(
            hashlib.sha256(match).hexdigest() == sys.argv[1]
            for match in re.findall(rb'engine\.secret\.[0-9a-f]{32}', content)
        )
print('held' if found == 0 and looked > 1 << 20 else 'BROKEN', 'secrets found:', found, 'in', looked)
